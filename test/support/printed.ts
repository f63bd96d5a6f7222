/** What a command prints. */
export async function printed(command: (args: readonly string[]) => Promise<void>, ...args: string[]): Promise<string> {
  const { write } = process.stdout;
  let all = '';
  process.stdout.write = (text: string | Uint8Array) => {
    all += text;
    return true;
  };
  try {
    await command(args);
  } finally {
    process.stdout.write = write;
  }
  return all;
}
