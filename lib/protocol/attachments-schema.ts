// The closed schemas of what a question carries beside its words.
import * as v from 'valibot';
import { MAX_IMAGE_URL, MAX_IMAGES, MAX_PART, MAX_PARTS, MAX_SYSTEM } from './attachments.ts';

const title = v.pipe(v.string(), v.maxLength(300));
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000));

const image = v.strictObject({
  name: title,
  url: v.pipe(
    v.string(),
    v.maxLength(MAX_IMAGE_URL),
    v.regex(/^data:image\/(?:jpeg|png|webp);base64,[A-Za-z0-9+/]+={0,2}$/),
  ),
  width: pixels,
  height: pixels,
});

const part = v.strictObject({
  kind: v.picklist(['page', 'tab', 'selection', 'file']),
  title,
  url: v.optional(v.pipe(v.string(), v.maxLength(2000), v.regex(/^https?:\/\//))),
  text: v.pipe(v.string(), v.maxLength(MAX_PART), v.regex(/\S/)),
  fullLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

/** Fields of the request for a chat turn. */
export const attachmentFields = {
  images: v.optional(v.pipe(v.array(image), v.maxLength(MAX_IMAGES))),
  context: v.optional(v.pipe(v.array(part), v.maxLength(MAX_PARTS))),
  system: v.optional(v.pipe(v.string(), v.maxLength(MAX_SYSTEM))),
};
