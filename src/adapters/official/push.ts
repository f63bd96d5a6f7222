import { readXml, type XmlElement } from './xml.ts';

/**
 * What WeChat pushes, flat: "MsgType" → "text", "ScanCodeInfo/ScanResult" → "…". Where a name comes more than once the first counts.
 * Everything is text: ids are larger than a number can hold.
 */
export type Push = ReadonlyMap<string, string>;

/** Reads a push in XML or, if that is set at the platform, in JSON. @returns undefined when it is neither */
export function readPush(body: string): Push | undefined {
  const push = new Map<string, string>();
  if (body.trimStart().startsWith('{')) {
    const value = parsed(body);
    if (value === undefined) return undefined;
    noteJson(push, '', value);
    return push;
  }
  const root = readXml(body);
  if (!root) return undefined;
  noteXml(push, '', root);
  return push;
}

/** @returns '' for a field that is not there */
export const fieldOf = (push: Push, name: string): string => push.get(name) ?? '';

function noteXml(push: Map<string, string>, prefix: string, { children }: XmlElement): void {
  for (const child of children) {
    const path = `${prefix}${child.name}`;
    if (child.children.length > 0) noteXml(push, `${path}/`, child);
    else note(push, path, child.text);
  }
}

function noteJson(push: Map<string, string>, prefix: string, value: object): void {
  for (const [name, each] of Object.entries(value)) {
    const first: unknown = Array.isArray(each) ? each[0] : each;
    if (typeof first === 'object' && first !== null) noteJson(push, `${prefix}${name}/`, first);
    else if (first !== undefined && first !== null) note(push, `${prefix}${name}`, String(first));
  }
}

function note(push: Map<string, string>, path: string, text: string): void {
  if (!push.has(path)) push.set(path, text);
}

/** An object whose long numbers are texts, so that none of their digits is lost. */
export function parsed(body: string): object | undefined {
  // A text that does not end reaches to the end, so that none of it is looked at twice.
  const exact = body.replace(/"(?:[^"\\]|\\.)*\\?(?:"|$)|(?<![\d.])\d{16,}(?![\d.eE])/gs, (each) =>
    each.startsWith('"') ? each : `"${each}"`,
  );
  try {
    const value: unknown = JSON.parse(exact);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
