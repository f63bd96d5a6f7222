import { z } from 'zod';

/** A setting that holds several, after commas; blanks around them, and empty ones, do not count. Unset: none. */
export const listed = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  );
