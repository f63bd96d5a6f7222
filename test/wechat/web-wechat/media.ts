import type { Answer, Call, Handler } from './call.ts';
import { inSession, ret } from './call.ts';

/** Pictures and files, by the id under which they are asked for. */
export class Media {
  readonly #files = new Map<string, { name: string; chunks: Buffer[] }>();

  add(id: string, name: string, bytes: Buffer): void {
    const file = this.#files.get(id) ?? { name, chunks: [] };
    file.chunks.push(bytes);
    this.#files.set(id, file);
  }

  get(id: string): { name: string; bytes: Buffer } | undefined {
    const file = this.#files.get(id);
    return file && { name: file.name, bytes: Buffer.concat(file.chunks) };
  }
}

/** webwxuploadmedia: a file, whole or in chunks; all chunks of a file have one ClientMediaId. */
export const uploadMedia: Handler = inSession(async ({ body, headers }, { media }) => {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
  const id = `@media${JSON.parse(String(form.get('uploadmediarequest'))).ClientMediaId}`;
  const file = form.get('filename') as File;
  media.add(id, file.name, Buffer.from(await file.arrayBuffer()));
  return ret(0, { MediaId: id, StartPos: 0 });
});

/** webwxgetmsgimg, webwxgetvoice, webwxgetvideo: by the message's id. */
export const byMessage = (type: string): Handler => serve(({ query }) => query.get('MsgID') ?? query.get('msgid'), type);

/** webwxgetmedia: a file, by its own id. */
export const getMedia: Handler = serve(({ query }) => query.get('mediaid'), 'application/octet-stream');

/** webwxgeticon, webwxgetheadimg: everybody's face. */
export const icon: Handler = () => ({ headers: { 'content-type': 'image/jpeg' }, body: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) });

function serve(idOf: (call: Call) => string | null, type: string): Handler {
  return (call, { media }): Answer => {
    const file = media.get(idOf(call) ?? '');
    return file ? { headers: { 'content-type': type }, body: file.bytes } : { status: 404, body: '' };
  };
}
