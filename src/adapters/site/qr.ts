import { encode } from 'uqr';
import { type Html, html } from './html.ts';

/** A QR code with the quiet zone of four modules that readers need (ISO/IEC 18004). It is dark on white whatever the page is. */
export function qrCode(text: string, alt: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, down) => row.flatMap((dark, right) => (dark ? `M${right} ${down}h1v1h-1z` : []))).join('');
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${alt}"><path fill="#000" shape-rendering="crispEdges" d="${path}"/></svg>`;
}
