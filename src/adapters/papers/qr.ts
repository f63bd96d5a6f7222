import { encode } from 'uqr';
import { box } from './drawing.ts';

/** A QR code as a square of that size, with the quiet zone of four modules that readers need (ISO/IEC 18004). */
export function qrCode(text: string, x: number, y: number, size: number): string {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, down) => row.flatMap((dark, right) => (dark ? `M${right} ${down}h1v1h-1z` : []))).join('');
  return `${box(x, y, size, size, '#fff')}<path transform="translate(${x} ${y}) scale(${size / modules})" shape-rendering="crispEdges" d="${path}"/>`;
}
