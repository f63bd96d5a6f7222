import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontFamily, type Letterings } from './drawing.ts';
import { readFont, withFallback } from './font.ts';
import { lettering } from './lettering.ts';
import { readSigns } from './signs.ts';

export const fontFiles = { regular: 'NotoSansSC-Regular.ttf', bold: 'NotoSansSC-Bold.ttf' } as const;
/** Has what both weights lack: rarer characters and traditional ones. */
export const rarerFont = 'NotoSansSC-Medium.ttf';

/** The two weights of the font, read from the folder in which it is shipped. */
export function openLetterings(fonts: string): Letterings {
  const font = (file: string) => readFont(readFileSync(join(fonts, file)));
  const signs = readSigns(readFileSync(join(fonts, 'signs.yaml'), 'utf8'));
  const rarer = font(rarerFont);
  const read = (file: string) => lettering(withFallback(font(file), rarer), signs);
  return { regular: read(fontFiles.regular), bold: read(fontFiles.bold) };
}

/** Draws an SVG as PNG. Only the shipped font is used, so that it looks the same on every machine. */
export async function png(svg: string, fonts: string): Promise<Buffer> {
  // A native module of some weight: loaded when something is first drawn.
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: [...Object.values(fontFiles), rarerFont].map((file) => join(fonts, file)),
      defaultFontFamily: fontFamily,
    },
    logLevel: 'off',
  });
  return image.asPng();
}
