// An image → one that is sent: no larger than models look at, in a form that every server takes, and without what the camera wrote into
// it, since only its pixels go through the canvas.
import { MAX_IMAGE_URL, type TurnImage } from '../protocol/attachments.ts';
import { say } from '../words/say.ts';

/** Pixels on the long side; models that see make more than this smaller themselves. */
const LONG_SIDE = 1568;
const MAX_FILE = 50_000_000;
/** Of what is sent. */
const MAX_BYTES = 1_000_000;

/** The image, or why it cannot be one, in words. */
export async function readImage(file: File): Promise<TurnImage | string> {
  const name = file.name.slice(0, 200) || say('image');
  if (file.size > MAX_FILE) return say('imageLarge', name);
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return say('imageUnreadable', name);
  const { width, height } = fittedSize(bitmap, LONG_SIDE);
  const isDrawing = file.type === 'image/png';
  const png = isDrawing ? await draw(bitmap, { width, height }, 'image/png') : undefined;
  const size = { width, height };
  let blob = png && png.size <= MAX_BYTES ? png : await draw(bitmap, size, 'image/jpeg', 0.85);
  // Noise and fine patterns do not become small; that they lose some of it is not seen.
  if (blob.size > MAX_BYTES) blob = await draw(bitmap, size, 'image/jpeg', 0.5);
  bitmap.close();
  const url = await dataUrlOf(blob);
  if (url.length > MAX_IMAGE_URL) return say('imageTooLarge', name);
  return { name, url, width, height };
}

/** The size of an image whose long side is at most `longSide`. */
export function fittedSize(size: { width: number; height: number }, longSide: number) {
  const scale = Math.min(1, longSide / Math.max(size.width, size.height));
  const scaled = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return { width: scaled(size.width), height: scaled(size.height) };
}

async function draw(
  bitmap: ImageBitmap,
  { width, height }: { width: number; height: number },
  type: 'image/png' | 'image/jpeg',
  quality?: number,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error(say('imageNoCanvas'));
  if (type === 'image/jpeg') {
    // JPEG has no transparency; what is seen through would be black.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type, ...(quality === undefined ? {} : { quality }) });
}

async function dataUrlOf(blob: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(new Error(say('imageFailed')));
  reader.readAsDataURL(blob);
  return promise;
}
