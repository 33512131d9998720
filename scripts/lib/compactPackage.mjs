// Makes a packed extension smaller without changing what it says: vsce packs files as they are.
import { createWriteStream, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { root } from './paths.mjs';

/** What vsce packs and unpacks with: always there where it is. */
const fromVsce = createRequire(path.join(root, 'node_modules/@vscode/vsce/package.json'));

/** JSON that only programs read: white space is nothing to them. package.json stays as people know it. */
const compactJson = /^extension\/(?:l10n|media|syntaxes)\/.*\.json$/;

/** @param {string} vsix */
export async function compactPackage(vsix) {
  const yauzl = fromVsce('yauzl');
  const yazl = fromVsce('yazl');
  const packed = await promisify(yauzl.open)(vsix, { lazyEntries: true });
  const open = promisify(packed.openReadStream.bind(packed));
  const target = new yazl.ZipFile();
  const written = finished(target.outputStream.pipe(createWriteStream(`${vsix}.new`)));
  await new Promise((resolve, reject) => {
    packed.on('error', reject).on('end', resolve);
    packed.on('entry', async (/** @type {any} */ entry) => {
      try {
        const content = await buffer(await open(entry));
        target.addBuffer(compacted(entry.fileName, content), entry.fileName, {
          mtime: entry.getLastModDate(),
          mode: entry.externalFileAttributes >>> 16,
          compress: true,
        });
        packed.readEntry();
      } catch (error) {
        reject(error);
      }
    });
    packed.readEntry();
  });
  target.end();
  await written;
  renameSync(`${vsix}.new`, vsix);
}

/**
 * @param {string} name
 * @param {Buffer} content
 */
function compacted(name, content) {
  return compactJson.test(name) ? Buffer.from(JSON.stringify(JSON.parse(content.toString('utf8')))) : content;
}
