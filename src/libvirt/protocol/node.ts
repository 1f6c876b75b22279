import {
  array,
  bool,
  charArray,
  flags,
  i32,
  opaque,
  quantity,
  string,
  struct,
  u32,
  u64,
} from '../wire/xdrTypes.ts';
import { procedure } from './procedure.ts';

const counter = struct({ field: string, value: u64 });

/** `memory` in KiB. */
export const nodeGetInfo = procedure(
  6,
  {},
  {
    model: charArray(32),
    memory: quantity,
    cpus: i32,
    mhz: i32,
    nodes: i32,
    sockets: i32,
    cores: i32,
    threads: i32,
  },
);
/** `count` 0 asks only how many there are. Values are nanoseconds since the host started. */
export const nodeGetCpuStats = procedure(
  227,
  { cpu: i32, count: i32, flags },
  { params: array(counter, 16), count: i32 },
);
/** `count` 0 asks only how many there are. Values are KiB. */
export const nodeGetMemoryStats = procedure(
  228,
  { count: i32, cell: i32, flags },
  { params: array(counter, 16), count: i32 },
);
/** In bytes. */
export const nodeGetFreeMemory = procedure(102, {}, { free: quantity });
export const nodeGetCpuMap = procedure(
  293,
  { needMap: bool, needOnline: bool, flags },
  { map: opaque(2048), online: u32, count: i32 },
);
