// A saved provider, and what of the providers a conversation chooses for itself.
import * as v from 'valibot';
import { MAX_FAVOURITES, MAX_NAME } from './providers.ts';

const baseUrl = v.pipe(v.string(), v.maxLength(2000));
const model = v.pipe(v.string(), v.maxLength(200));

/** The fields of a provider; those of the one in use are fields of the settings themselves. */
export const providerFields = {
  /** Id of a preset in lib/providers/presets.ts, or "custom". */
  preset: v.pipe(v.string(), v.maxLength(40)),
  /** As given by the user, normalised: no trailing slash. It names the provider: no two have the same. */
  baseUrl,
  model,
  /** Empty where nobody gave one. */
  name: v.pipe(v.string(), v.maxLength(MAX_NAME)),
  /** Models with a star, the oldest first. */
  favourites: v.pipe(v.array(model), v.maxLength(MAX_FAVOURITES)),
};
export const providerSchema = v.strictObject(providerFields);
export type Provider = v.InferOutput<typeof providerSchema>;

export const modelAtSchema = v.strictObject({ baseUrl, model });
/** A model of a saved provider. */
export type ModelAt = v.InferOutput<typeof modelAtSchema>;

const paramsSchema = v.strictObject({
  temperature: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(2))),
  /** The longest answer, in tokens. */
  maxTokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000))),
  effort: v.optional(v.picklist(['low', 'medium', 'high'])),
});
/** What is sent beside the messages; what is absent is not sent. */
export type Params = v.InferOutput<typeof paramsSchema>;

export const choiceSchema = v.strictObject({
  /** Null for the provider in use and its model, whichever that is. */
  at: v.nullable(modelAtSchema),
  params: paramsSchema,
});
/** What a conversation is asked with. */
export type Choice = v.InferOutput<typeof choiceSchema>;
