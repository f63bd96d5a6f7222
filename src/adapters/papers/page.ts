import type { Page } from '../../desk/kernel/papers.ts';
import { escaped } from './drawing.ts';

/** Fonts of the reader's machine: a printed page needs none of ours. */
const style = `
@page { size: A4; margin: 24mm 22mm; }
* { box-sizing: border-box; }
body { max-width: 170mm; margin: 12mm auto; padding: 0 4mm; color: #191919; font: 12pt/1.75 "Songti SC", "SimSun", "Noto Serif SC", serif; }
h1 { margin: 0 0 8mm; text-align: center; font: 700 20pt/1.4 "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; }
h2 { margin: 7mm 0 2mm; font: 700 14pt/1.5 "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; break-after: avoid; }
p { margin: 0 0 2mm; text-align: justify; white-space: pre-line; overflow-wrap: anywhere; }
table { width: 100%; margin: 2mm 0 4mm; border-collapse: collapse; font-size: 11pt; line-height: 1.5; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 1.4mm 2.4mm; border: 0.3mm solid #767676; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eef2ef; font-weight: 700; }
td:empty { min-width: 60mm; height: 12mm; }
footer { margin-top: 12mm; text-align: right; break-inside: avoid; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
`.trim();

/** A page to be printed: one HTML file that loads nothing and runs nothing. */
export function pageHtml({ title, blocks, signLines = [], signature }: Page): string {
  const lines = [
    '<!DOCTYPE html>',
    '<html lang="zh-CN">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>\n${style}\n</style>`,
    `<h1>${escaped(title)}</h1>`,
    ...blocks.map(block),
    ...signLines.map((line) => `<p>${escaped(line)}</p>`),
    `<footer>${signature.map(escaped).join('<br>')}</footer>`,
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

function block(given: Page['blocks'][number]): string {
  if ('heading' in given) return `<h2>${escaped(given.heading)}</h2>`;
  if ('paragraph' in given) return `<p>${escaped(given.paragraph)}</p>`;
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>\n<thead>${row(given.head, 'th')}</thead>\n<tbody>\n${given.rows.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`;
}
