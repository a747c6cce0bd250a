// Photographs and files, on their way to the platform. Where a picture was taken is nobody's business: it is drawn anew before it is sent,
// and what comes of that holds the picture and nothing else.
import { api, must, newKey, Refused, Unreachable } from './api';
import { t } from './look';

const longestSide = 2400;
const quality = 0.85;
const largest = 20_000_000;

const piece = 256 * 1024;
const patience = 3000;

/** The file cannot be sent, and why. */
export class NotTaken extends Error {}

/** What is sent of a file: a picture without what the camera wrote into it; anything else as it is. */
export async function prepared(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/')) return file.size <= largest ? file : tooLarge();
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new NotTaken(t('无法读取这张图片，请改用 JPEG 或 PNG。', 'This picture cannot be read here: choose a JPEG or PNG.'));
  }
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) => { canvas.toBlob(done, 'image/jpeg', quality); });
  return drawn ?? tooLarge();
}

const tooLarge = (): never => { throw new NotTaken(t('文件不能超过 20 MB。', 'A file has 20 MB at most.')); };

/**
 * Sends a file piece by piece (tus 1.0), and says how much of it has arrived, and that nobody answers. When the connection is lost it goes on where the platform says it
 * stopped, for as long as the page is there and nobody has ended it.
 */
export async function upload(chosen: File, told: (share: number, isCut?: boolean) => void, signal: AbortSignal): Promise<{ id: string }> {
  const file = await prepared(chosen);
  signal.throwIfAborted();
  told(0);
  let arrived = 0;
  const cut = (): void => told(arrived / file.size, true);
  const key = newKey();
  const { id } = await persistently(() => must(api.POST('/v1/uploads', {
    params: { header: { 'Idempotency-Key': key, ...speaksTus, 'Upload-Length': String(file.size), 'Upload-Metadata': `filetype ${btoa(file.type)}` } }, signal,
  })), cut, signal);
  while (arrived < file.size) {
    try {
      await must(api.PATCH('/v1/uploads/{id}', {
        params: { path: { id }, header: { ...speaksTus, 'Upload-Offset': String(arrived) } },
        body: file.slice(arrived, arrived + piece) as never, bodySerializer: (bytes: unknown) => bytes as Blob, headers: { 'Content-Type': 'application/offset+octet-stream' }, signal,
      }));
      arrived = Math.min(arrived + piece, file.size);
    } catch (error) {
      // Whatever was lost may have arrived all the same.
      if (!(error instanceof Unreachable) && !(error instanceof Refused && error.problem.code === 'upload.offset-mismatch')) throw error;
      arrived = (await persistently(() => must(api.GET('/v1/uploads/{id}', { params: { path: { id } }, signal })), cut, signal)).offset;
    }
    told(arrived / file.size);
  }
  return { id };
}

const speaksTus = { 'Tus-Resumable': '1.0.0' };

/** Asks again until there is an answer, or nobody waits for it any more. */
async function persistently<Result>(ask: () => Promise<Result>, cut: () => void, signal: AbortSignal): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      signal.throwIfAborted();
      cut();
      await new Promise<void>((done) => {
        addEventListener('online', () => done(), { once: true });
        setTimeout(done, patience);
      });
    }
  }
}
