import type { Context } from 'hono';

/** A picture may be so large; with everything else a form is a little larger. */
export const pictureBytes = 8 * 1024 * 1024;
const formBytes = pictureBytes + 256 * 1024;

/** What was sent, as text without what no text holds, and the picture, if one was chosen. */
export interface Sent {
  /** A field without blanks around it; '' when it was not sent. */
  text(name: string): string;
  readonly file: File | undefined;
}

/** Reads a form. @returns `tooBig` without having kept it, undefined when it is no form */
export async function readForm(c: Context): Promise<Sent | 'tooBig' | undefined> {
  const length = Number(c.req.header('content-length') ?? Number.NaN);
  if (length > formBytes) return 'tooBig';
  const limited = await bytesOf(c.req.raw.body, formBytes);
  if (limited === undefined) return 'tooBig';
  const type = c.req.header('content-type') ?? '';
  const form = await new Response(new Uint8Array(limited), { headers: { 'content-type': type } }).formData().catch(() => undefined);
  if (!form) return undefined;
  const file = form.get('file');
  return {
    text(name) {
      const value = form.get(name);
      return typeof value === 'string'
        ? value
            .replace(/\r\n?/g, '\n')
            .replace(/[^\P{Cc}\n\t]/gu, '')
            .trim()
        : '';
    },
    file: file instanceof File && file.size > 0 ? file : undefined,
  };
}

/** A body up to so many bytes, whatever its length is said to be; undefined when it is longer. */
async function bytesOf(body: ReadableStream<Uint8Array> | null, atMost: number): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > atMost) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
