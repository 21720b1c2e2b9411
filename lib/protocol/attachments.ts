// What a question carries beside its words, and how much of it. Types and bounds; the schemas are in attachments-schema.ts.

/** An image as it is sent: small enough for every server, and without what the camera wrote into it. */
export interface TurnImage {
  name: string;
  /** A data URL: JPEG, PNG or WebP, base64. */
  url: string;
  /** Pixels. */
  width: number;
  height: number;
}

/** Text from elsewhere, of which nobody knows who wrote it. It travels as marked data, never as instructions. */
export interface ContextPart {
  kind: 'page' | 'tab' | 'selection' | 'file';
  title: string;
  /** Where a page was found; absent for files. */
  url?: string;
  text: string;
  /** Characters that it had before it was cut; absent where it is whole. */
  fullLength?: number;
}

export interface Attachments {
  images?: TurnImage[];
  context?: ContextPart[];
}

export const MAX_IMAGES = 6;
/** Characters of one data URL. */
export const MAX_IMAGE_URL = 1_500_000;
export const MAX_PARTS = 10;
/** Characters of one text. */
export const MAX_PART = 400_000;
/** Characters of the instructions that a conversation begins with. */
export const MAX_SYSTEM = 20_000;

/** What there is of `from`, without a field for what there is not. */
export function attachmentsOf({ images, context }: Attachments): Attachments {
  return { ...(images?.length ? { images } : {}), ...(context?.length ? { context } : {}) };
}
