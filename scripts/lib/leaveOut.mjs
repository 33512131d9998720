// What of a library never runs here, and what takes its place in the bundle.

/**
 * Of ioredis: clients of a Redis Cluster, for which there are no labs here, and the certificates of Redis Cloud, which only
 * `tls: '<profile>'` would use. Together more than a quarter of its room.
 */
const unused = [
  {
    module: /[\\/]ioredis[\\/]built[\\/]cluster[\\/]index\.js$/,
    contents:
      'exports.default = class Cluster { constructor() { throw new Error("left out of this bundle"); } };',
  },
  {
    module: /[\\/]ioredis[\\/]built[\\/]constants[\\/]TLSProfiles\.js$/,
    contents: 'exports.default = {};',
  },
];

/** @type {import('esbuild').Plugin} */
export const leaveOut = {
  name: 'leave-out',
  setup(build) {
    for (const { module, contents } of unused) build.onLoad({ filter: module }, () => ({ contents }));
  },
};
