import { shippedContent } from './content.ts';

/** Trains the shipped model before the test files run, so that they only load it. */
export default function setUp(): void {
  shippedContent();
}
