import { writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

/** A file that a script makes, formatted as everything is. */
export const formatted = async (path: string, text: string) =>
  format(text, { ...(await resolveConfig(path)), filepath: path });

/** Writes it. */
export async function writeFormatted(path: string, text: string): Promise<void> {
  writeFileSync(path, await formatted(path, text));
}
