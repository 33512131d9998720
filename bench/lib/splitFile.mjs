// The bare baseline: reads a file in pieces and splits it into lines, as a few lines of Node do it.
import { createReadStream } from 'node:fs';

let rest = '';
let count = 0;
for await (const piece of createReadStream(process.argv[2] ?? '', {
  encoding: 'utf8',
  highWaterMark: 1 << 20,
})) {
  const lines = (rest + piece).split('\n');
  rest = lines.pop() ?? '';
  count += lines.length;
}
console.log(count);
