import * as l10n from '@vscode/l10n';
import { readFile, stat } from 'node:fs/promises';
import { HumanError } from '../../core/humanError';

/** A conf is small; what is not, is none. */
const largestConf = 16 << 20;

/** Reads a conf as text, whatever its encoding. */
export async function readConfFile(
  file: string,
): Promise<{ readonly text: string; readonly isUtf16: boolean }> {
  let bytes: Buffer;
  try {
    const info = await stat(file);
    if (info.size > largestConf)
      throw new HumanError(l10n.t('This file is too large for a conf.'), { place: { file } });
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof HumanError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new HumanError(
      code === 'ENOENT'
        ? l10n.t('There is no such file.')
        : l10n.t('The file cannot be read ({0}).', code ?? String(error)),
      { place: { file }, cause: error },
    );
  }
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = isUtf16 ? textOfUtf16(bytes) : bytes.toString('utf8');
  return { text, isUtf16 };
}

/** Without its byte order mark, whichever way round the bytes are. */
function textOfUtf16(bytes: Buffer): string {
  const even = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
  return (bytes[0] === 0xff ? even : even.swap16()).toString('utf16le');
}
