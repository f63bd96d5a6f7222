import { checkedLine, hole, jsonIn } from './checked-lines.ts';
import { UnreadableStateError } from './journal-files.ts';
import { latestOfEach } from './memory.ts';
import type { Row } from './rows.ts';

const lineBreak = 0x0a;
const brace = 0x7b;

/** A row as a line of the archive. Each line stands for itself, so that one that is damaged can be taken out. */
export const archiveLine = (row: Row): Buffer => checkedLine(JSON.stringify(row), 0).bytes;

/** The rows in the text of a file of the archive, each as it was last. @param holding only those in whose JSON it stands @throws as `linesIn` */
export function archivedRowsIn(text: Buffer, file: string, holding = ''): Row[] {
  const wanted = Buffer.from(holding);
  const rows: Row[] = [];
  for (const json of linesIn(text, file)) if (json.includes(wanted)) rows.push(...rowIn(json));
  return latestOfEach(rows);
}

/**
 * The rows in the text of a file, one after the other. A line that was cut off while it was written holds nothing: its row is still in the state.
 * Lines of before version 0.3 have no checksum; what cannot be read of them was cut off.
 * @throws UnreadableStateError naming file and line when one is not as it was written
 */
export function* linesIn(text: Buffer, file: string): Generator<Buffer> {
  let number = 0;
  let isChecked = false;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf(lineBreak, start);
    const end = found === -1 ? text.length : found;
    const line = text.subarray(start, end);
    const withBreak = found === -1 ? Buffer.concat([line, Buffer.from('\n')]) : text.subarray(start, end + 1);
    start = end + 1;
    number++;
    const isOld = line[0] === brace;
    const json = isOld ? whole(line) : jsonIn(withBreak, 0);
    isChecked ||= !isOld && json !== undefined;
    if (json !== undefined) yield json;
    else if (isOld ? isChecked : !isCutOff(line))
      throw new UnreadableStateError(
        file,
        'it is not as it was written',
        number,
        'restore a backup (restore --replace FILE), or take this line out of the file: what it holds is then lost, and nothing else',
      );
  }
}

/** Whether the end of this line never reached the disk. What is a whole row was written, whatever its length says. */
function isCutOff(line: Buffer): boolean {
  if (line.includes(hole)) return true;
  const begins = line.toString('latin1', 0, 32);
  const [head = '', length] = /^[0-9a-f]{8} (\d{1,15}) /.exec(begins) ?? [];
  if (length === undefined) return /^(?:[0-9a-f]{0,8}|[0-9a-f]{8} \d{0,15})$/.test(begins);
  return line.length < head.length + Number(length) && whole(line.subarray(head.length)) === undefined;
}

function whole(json: Buffer): Buffer | undefined {
  return rowIn(json).length > 0 ? json : undefined;
}

/** The row that is written there; none when it is no row. */
export function rowIn(json: Buffer): Row[] {
  try {
    const row: Partial<Row> | null = JSON.parse(json.toString('utf8'));
    return typeof row?.id === 'string' ? [row as Row] : [];
  } catch {
    return [];
  }
}
