/** What stands in the first element of a name in some XML, as it is written there. Linear, whatever somebody has put into it. */
export function elementOf(xml: string, name: string): string | undefined {
  const [open, close] = [`<${name}>`, `</${name}>`];
  const from = xml.indexOf(open);
  const to = xml.indexOf(close, from + open.length);
  return from < 0 || to < 0 ? undefined : xml.slice(from + open.length, to);
}
