import type { FileHandle } from 'node:fs/promises';

type WriteAt = (bytes: Buffer, from: number, length: number, at: number) => Promise<{ bytesWritten: number }>;

/**
 * Whatever is written through a handle, by name or at a place, goes through `instead`, which writes it, or a part of it, or nothing.
 * @param instead `at` is undefined for what goes on where the last one ended
 */
export function writtenBy(
  handle: FileHandle,
  instead: (bytes: Buffer, write: (part: Buffer) => Promise<void>, at: number | undefined) => Promise<void>,
): void {
  const [writeFile, write] = [handle.writeFile.bind(handle), handle.write.bind(handle) as WriteAt];
  handle.writeFile = (text) => instead(Buffer.from(text as Buffer), (part) => writeFile(part), undefined);
  const writeAt: WriteAt = async (bytes, from, length, at) => {
    const whole = async (part: Buffer) => void (await write(part, 0, part.length, at));
    await instead(bytes.subarray(from, from + length), whole, at);
    return { bytesWritten: length };
  };
  handle.write = writeAt as typeof handle.write;
}
