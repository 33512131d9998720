import * as l10n from '@vscode/l10n';
import { open, stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { HumanError } from '../../core/humanError';

/** Small enough that what is made of a piece is gone before it becomes old to the garbage collector. */
const pieceSize = 1 << 18;

/**
 * Reads a file of any size in pieces and gives its text as UTF-8 without a BOM; `-` is standard input. UTF-16 with a BOM becomes UTF-8.
 * A piece is only good until `onPiece` is through: then its memory is used again.
 */
export async function readBytes(
  file: string,
  onPiece: (piece: Buffer) => void | Promise<void>,
): Promise<void> {
  let encoding: Encoding | undefined;
  try {
    for await (const piece of file === '-' ? process.stdin : piecesOf(file)) {
      const isFirst = encoding === undefined;
      encoding ??= encodingOf(piece as Buffer);
      const text = encoding.write(isFirst ? (piece as Buffer).subarray(encoding.bom) : (piece as Buffer));
      if (text.length > 0) await onPiece(text);
    }
  } catch (error) {
    throw isSystemError(error) ? unreadable(file, error) : error;
  }
  const last = encoding?.end();
  if (last && last.length > 0) await onPiece(last);
}

async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  if ((await stat(file)).isDirectory())
    throw new HumanError(l10n.t('This is a folder. Name the log files in it.'), { place: { file } });
  const handle = await open(file);
  try {
    // Two in turn: while one piece is worked on, the next is read.
    const [first, second] = [Buffer.allocUnsafe(pieceSize), Buffer.allocUnsafe(pieceSize)];
    // Without a position, so that pipes can be read, too.
    const readInto = (memory: Buffer): Promise<Buffer> => {
      const piece = handle
        .read(memory, 0, memory.length)
        .then(({ bytesRead }) => memory.subarray(0, bytesRead));
      // Who awaits it gets the error; where nobody does any more, it is none.
      piece.catch(() => undefined);
      return piece;
    };
    let next = readInto(first);
    for (let isFirst = true; ; isFirst = !isFirst) {
      const piece = await next;
      if (piece.length === 0) return;
      next = readInto(isFirst ? second : first);
      yield piece;
    }
  } finally {
    await handle.close();
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function unreadable(file: string, error: NodeJS.ErrnoException): HumanError {
  const message =
    error.code === 'ENOENT'
      ? l10n.t('There is no such file.')
      : l10n.t('The file cannot be read ({0}).', error.code ?? error.message);
  return new HumanError(message, { place: { file }, cause: error });
}

/** How the bytes of a file become UTF-8. */
interface Encoding {
  /** How many bytes the BOM takes. */
  readonly bom: number;
  readonly write: (piece: Buffer) => Buffer;
  readonly end: () => Buffer | undefined;
}

function encodingOf(piece: Buffer): Encoding {
  const [first, second, third] = piece;
  if (first === 0xff && second === 0xfe) return utf16(false);
  if (first === 0xfe && second === 0xff) return utf16(true);
  const bom = first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
  return { bom, write: bytes => bytes, end: () => undefined };
}

/** `swapped`: the bytes are the other way round, which Node does not know by itself. */
function utf16(swapped: boolean): Encoding {
  const decoder = new StringDecoder('utf16le');
  let odd: Buffer = Buffer.alloc(0);
  return {
    bom: 2,
    write: piece => {
      const bytes = Buffer.concat([odd, piece]);
      const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
      odd = bytes.subarray(even.length);
      return Buffer.from(decoder.write(swapped ? even.swap16() : even));
    },
    end: () => Buffer.from(decoder.end()),
  };
}
