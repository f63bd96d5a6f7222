import { encode } from 'uqr';
import { box } from './drawing.ts';

/** A QR code with the quiet zone of four modules that readers need (ISO/IEC 18004). */
const modulesOf = (text: string) => encode(text, { ecc: 'M', border: 4 });

/** A QR code as a square of that size. */
export function qrCode(text: string, x: number, y: number, size: number): string {
  const { data, size: modules } = modulesOf(text);
  const path = data.flatMap((row, down) => row.flatMap((dark, right) => (dark ? `M${right} ${down}h1v1h-1z` : []))).join('');
  return `${box(x, y, size, size, '#fff')}<path transform="translate(${x} ${y}) scale(${size / modules})" shape-rendering="crispEdges" d="${path}"/>`;
}

/** The dark parts of a QR code of that size, row by row, counted in modules; and how large a module is. */
export function codeRuns(text: string, size: number): { runs: { x: number; y: number; width: number }[]; module: number } {
  const { data, size: modules } = modulesOf(text);
  const runs: { x: number; y: number; width: number }[] = [];
  for (const [y, row] of data.entries())
    for (let x = 0; x < row.length; x++) {
      const from = x;
      while (row[x]) x++;
      if (x > from) runs.push({ x: from, y, width: x - from });
    }
  return { runs, module: size / modules };
}
