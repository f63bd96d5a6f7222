/** Photos of a phone are larger than anybody needs to see a leaking pipe, and than the server takes. */
const LARGE_BYTES = 2 * 1024 * 1024;
const LONGEST_SIDE = 2000;

/**
 * Makes a large photo smaller; others, and moving pictures, stay as they are.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
export async function shrink(file) {
  if (file.size <= LARGE_BYTES || file.type === 'image/gif') return file;
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', 0.85));
}

/** The first picture among things that were pasted or dropped. */
export function pictureIn(/** @type {DataTransfer | null} */ items) {
  return [...(items?.files ?? [])].find((file) => file.type.startsWith('image/'));
}
