import * as fc from 'fast-check';

/**
 * Any text at all, half of it in ASCII: UTF-16 units without regard to what they mean, lone surrogates too. (fast-check's own
 * `unit: 'binary'` takes a second to be set up.)
 */
export const anyText: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0xffff })).map(code => String.fromCharCode(code)),
});
