/** A process that shares the communities of a folder, by the settings of its environment. It prints what is told at the machine. */
import { serveAll } from '../../../src/cli/installation.ts';

process.once('disconnect', () => process.exit());
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const { served } = await serveAll(process.env, { print, restart: () => process.exit(75), holder: 'child' });
process.send?.([...served.keys()]);
