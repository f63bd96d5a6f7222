// Lets `node --import …/typescript.js` run the TypeScript of src/ and test/ as it is: Node 20 cannot.
import { register } from 'node:module';

register('./typescript-hooks.js', import.meta.url);
