import { backend } from "../api";
import type { PictureData } from "../api";

/** Where the bytes of a picture are asked for; null where they are not there. */
export type PictureSource = (sha256: string, thumbnail: boolean) => Promise<PictureData | null>;

/** A picture never changes under its hash, so a small one is asked for once. */
const small = new Map<string, Promise<PictureData | null>>();

export const ownPictures: PictureSource = (sha256, thumbnail) => {
  if (!thumbnail) return backend.picture(sha256, false);
  const known = small.get(sha256);
  if (known) return known;
  const asked = backend.picture(sha256, true).catch(() => null);
  small.set(sha256, asked);
  // One that is not here may come with a restore.
  void asked.then((found) => found ?? small.delete(sha256));
  return asked;
};

export const reviewedPictures: PictureSource = (sha256, thumbnail) =>
  backend.reviewedPicture(sha256, thumbnail);

/** The bytes of a file that was pasted, as the shell takes them. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error ?? new Error("the clipboard cannot be read"));
    reader.readAsDataURL(file);
  });
}

/** Pictures among what is pasted. */
export function pasted(event: ClipboardEvent): Blob[] {
  return Array.from(event.clipboardData?.items ?? [])
    .filter((item) => item.kind === "file" && item.type.startsWith("image/"))
    .map((item) => item.getAsFile())
    .filter((file): file is File => file !== null);
}
