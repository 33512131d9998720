import type { MessageSpec } from './messageSpec';

/** Messages about memory and os. */
export const memoryOsMessages: readonly MessageSpec[] = [
  {
    id: 'warning-new-maxmemory-value-set-via-config',
    source: 'config.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      'WARNING: the new maxmemory value set via CONFIG SET ({number:int}) is smaller than the current memory usage ({number2:int}). This will result in key eviction and/or the inability to accept new write commands depending on the maxmemory-policy.',
      'WARNING: the new maxmemory value set via CONFIG SET is smaller than the current memory usage. This will result in keys eviction and/or inability to accept new write commands depending on the maxmemory-policy.',
      'WARNING: the new maxmemory value set via CONFIG SET is smaller than the current memory usage. This will result in key eviction and/or the inability to accept new write commands depending on the maxmemory-policy.',
    ],
  },
  {
    id: 'fast-memory-test',
    source: 'debug.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['------ FAST MEMORY TEST ------', '--- FAST MEMORY TEST'],
  },
  {
    id: 'memory-error-detected-check-your-memory-asap',
    source: 'debug.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['!!! MEMORY ERROR DETECTED! Check your memory ASAP !!!'],
  },
  {
    id: 'fast-memory-test-passed-however-your-memory',
    source: 'debug.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      'Fast memory test PASSED, however your memory can still be broken. Please run a memory test for several hours if possible.',
    ],
  },
  {
    id: 'short-read-or-oom-loading-db-unrecoverable',
    source: 'rdb.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['Short read or OOM loading DB. Unrecoverable error, aborting now.'],
  },
  {
    id: 'unable-obtain-current-nofile-limit-assuming-1024',
    source: 'server.c',
    versions: '2.8.24-, valkey all',
    wordings: [
      'Unable to obtain the current NOFILE limit ({text}), assuming 1024 and setting the max clients configuration accordingly.',
    ],
  },
  {
    id: 'your-current-ulimit-n-not-enough-server',
    source: 'server.c',
    versions: '2.8.24-, valkey all',
    wordings: [
      "Your current 'ulimit -n' of {number:int} is not enough for the server to start. Please increase your open file limit to at least {number2:int}. Exiting.",
      "Your current 'ulimit -n' of {number:int} is not enough for Redis to start. Please increase your open file limit to at least {number2:int}. Exiting.",
    ],
  },
  {
    id: 'you-requested-maxclients-requiring-least-max-file',
    source: 'server.c',
    versions: '2.8.24-, valkey all',
    wordings: [
      'You requested maxclients of {number:int} requiring at least {number2:int} max file descriptors.',
    ],
  },
  {
    id: 'server-cant-set-maximum-open-files-because',
    source: 'server.c',
    versions: '2.8.24-, valkey all',
    wordings: [
      "Server can't set maximum open files to {number:int} because of OS error: {text}.",
      "Redis can't set maximum open files to {number:int} because of OS error: {text}.",
    ],
  },
  {
    id: 'current-maximum-open-files-maxclients-has-been',
    source: 'server.c',
    versions: '2.8.24-, valkey all',
    wordings: [
      "Current maximum open files is {number:int}. maxclients has been reduced to {number2:int} to compensate for low ulimit. If you need higher maxclients increase 'ulimit -n'.",
    ],
  },
  {
    id: 'warning-tcp-backlog-setting-cannot-enforced-because',
    source: 'server.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      'WARNING: The TCP backlog setting of {number:int} cannot be enforced because /proc/sys/net/core/somaxconn is set to the lower value of {number2:int}.',
    ],
  },
  {
    id: 'warning-32-bit-instance-detected-but-no',
    source: 'server.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      "Warning: 32 bit instance detected but no memory limit set. Setting 3 GB maxmemory limit with 'noeviction' policy now.",
    ],
  },
  {
    id: 'warning-overcommit-memory-set-0-background-save',
    source: 'server.c',
    versions: '2.8.24-6.0.20, windows all',
    wordings: [
      "WARNING overcommit_memory is set to 0! Background save may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
    ],
  },
  {
    id: 'warning-you-have-transparent-huge-pages-thp',
    source: 'server.c',
    versions: '2.8.24-6.2.16, windows all',
    wordings: [
      "WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled (set to 'madvise' or 'never').",
      "WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo never > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled.",
    ],
  },
  {
    id: 'out-memory-allocating-bytes',
    source: 'server.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['Out Of Memory allocating {bytes:int} bytes!', 'Out Of Memory allocating {bytes:int} bytes.'],
  },
  {
    id: 'warning-you-specified-maxmemory-value-less-than',
    source: 'server.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      'WARNING: You specified a maxmemory value that is less than 1MB (current value is {bytes:int} bytes). Are you sure this is what you really want?',
    ],
  },
  {
    id: 'failed-madvise',
    source: 'server.c',
    versions: '5.0.14-6.2.16, windows 5.0.14',
    wordings: ['Failed to madvise(): {error}'],
  },
  {
    id: 'unable-write-oom-score-adj',
    source: 'server.c',
    versions: '6.0.20-, valkey all',
    wordings: ['Unable to write oom_score_adj: {error}'],
  },
  {
    id: 'over-client-maxmemory-after-evicting-all-evictable',
    source: 'networking.c',
    versions: '7.0.15-, valkey all',
    wordings: ['Over client maxmemory after evicting all evictable clients'],
  },
  {
    id: 'unable-read-oom-score-adj',
    source: 'server.c',
    versions: '7.0.15-, valkey all',
    wordings: ['Unable to read oom_score_adj: {error}'],
  },
  {
    id: 'warning-tcp-backlog-setting-cannot-enforced-because-2',
    source: 'server.c',
    versions: '7.0.15-, valkey all',
    wordings: [
      'WARNING: The TCP backlog setting of {number:int} cannot be enforced because kern.ipc.somaxconn is set to the lower value of {number2:int}.',
    ],
  },
  {
    id: 'warning-tcp-backlog-setting-cannot-enforced-because-3',
    source: 'server.c',
    versions: '7.0.15-, valkey all',
    wordings: [
      'WARNING: The TCP backlog setting of {number:int} cannot be enforced because kern.somaxconn is set to the lower value of {number2:int}.',
    ],
  },
  {
    id: 'warning-tcp-backlog-setting-cannot-enforced-because-4',
    source: 'server.c',
    versions: '7.0.15-, valkey all',
    wordings: [
      'WARNING: The TCP backlog setting of {number:int} cannot be enforced because SOMAXCONN is set to the lower value of {number2:int}.',
    ],
  },
  {
    id: 'windows-version-redis-allocates-memory-mapped-heap',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 2.8.2101',
    wordings: ['The Windows version of Redis allocates a memory mapped heap for sharing with'],
  },
  {
    id: 'windows-version-redis-allocates-large-memory-mapped',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 2.8.2101',
    wordings: ['The Windows version of Redis allocates a large memory mapped file for sharing'],
  },
  {
    id: 'mapviewoffileex-failed-error-0x',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 2.8.2101',
    wordings: ['MapViewOfFileEx failed with error 0x{word:word}.'],
  },
  {
    id: 'system-paging-file-too-small-operation-complete',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 2.8.2101',
    wordings: ['The system paging file is too small for this operation to complete.'],
  },
  {
    id: 'more-information-configuring-system-paging-file-redis',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 2.8.2101',
    wordings: ['for more information on configuring the system paging file for Redis.'],
  },
  {
    id: 'getperformanceinfo-failed',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows all',
    wordings: ['GetPerformanceInfo failed.'],
  },
  {
    id: 'windows-version-redis-reserves-heap-memory-system',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 3.0.504-',
    wordings: ['The Windows version of Redis reserves heap memory from the system paging file'],
  },
  {
    id: 'physicalmapmemory-system-error-0x',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 3.0.504-',
    wordings: ['PhysicalMapMemory: system error 0x{word:word} - {text}'],
  },
  {
    id: 'physicalmapmemory-runtime-error',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 3.0.504-',
    wordings: ['PhysicalMapMemory: runtime error - {text}'],
  },
  {
    id: 'physicalmapmemory-exception-caught',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 3.0.504-',
    wordings: ['PhysicalMapMemory: exception caught'],
  },
  {
    id: 'freeheapblock-address-memory-map-heap-0x',
    source: 'Win32_Interop/Win32_QFork.cpp',
    versions: 'windows 3.0.504-',
    wordings: ['FreeHeapBlock: address in memory map heap 0x{word:word}'],
  },
  {
    id: 'err-zmalloc-out-memory-trying-allocate-bytes',
    source: 'zmalloc.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['zmalloc: Out of memory trying to allocate {bytes:int} bytes'],
  },
];
