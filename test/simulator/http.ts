import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: every route answers something else, and each test says what it expects
  readonly json: any;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Asks over real HTTP. `fetch` would not let a test forge Host and Origin. */
export function ask(address: string, path: string, { method = 'GET', headers = {}, body }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, address), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const json = response.headers['content-type']?.includes('json') ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, json });
      });
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Posts as the page does. */
export function post(address: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const own = { origin: new URL(address).origin, 'content-type': 'application/json' };
  return ask(address, path, { method: 'POST', headers: { ...own, ...headers }, body: JSON.stringify(body) });
}

/** A form with a picture, as a browser sends it. */
export function form(
  address: string,
  fields: Record<string, string>,
  picture: Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--line\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `${parts.join('')}--line\r\nContent-Disposition: form-data; name="picture"; filename="照片.svg.png"\r\nContent-Type: image/png\r\n\r\n`;
  const own = { origin: new URL(address).origin, 'content-type': 'multipart/form-data; boundary=line' };
  return ask(address, 'api/say', {
    method: 'POST',
    headers: { ...own, ...headers },
    body: Buffer.concat([Buffer.from(head), picture, Buffer.from('\r\n--line--\r\n')]),
  });
}

/** Reads a stream of events until `enough` says so, then hangs up. */
export function events(
  address: string,
  path: string,
  enough: (text: string) => boolean,
  headers: Record<string, string> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const asked = request(new URL(path, address), { headers }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (enough(text)) asked.destroy();
      });
      response.on('close', () => resolve(text));
      response.on('error', () => resolve(text));
    });
    asked.on('error', reject);
    asked.end();
  });
}
