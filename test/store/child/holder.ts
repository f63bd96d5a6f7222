/** A process that holds the lock of a file until it is killed. Argument: the file. */
import { takeLock } from '../../../src/adapters/store/lock.ts';

const [path = ''] = process.argv.slice(2);
await takeLock(path);
process.stdout.write('held\n');
process.stdin.resume();
