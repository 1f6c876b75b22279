import { t } from '../../base/l10n.ts';
import { ProtocolError } from './protocolError.ts';
import { XdrReader } from './xdrReader.ts';
import type { XdrWriter } from './xdrWriter.ts';

/** How a value of type T looks on the wire. */
export interface XdrType<T> {
  /** The bytes the shortest value takes: what a list announces is checked against it. */
  readonly minSize: number;
  read(reader: XdrReader): T;
  write(writer: XdrWriter, value: T): void;
}

/** The values a type describes: `ValueOf<typeof domainRef>`. */
export type ValueOf<X> = X extends XdrType<infer T> ? T : never;

/** REMOTE_STRING_MAX of libvirt's remote_protocol.x. */
const STRING_MAX = 4 * 1024 * 1024;
/** No list of remote_protocol.x is longer, except the parameters of one bulk statistics record. */
const LIST_MAX = 65_536;

export const i32: XdrType<number> = {
  minSize: 4,
  read: (reader) => reader.int32(),
  write: (writer, value) => {
    writer.int32(value);
  },
};

export const u32: XdrType<number> = {
  minSize: 4,
  read: (reader) => reader.uint32(),
  write: (writer, value) => {
    writer.uint32(value);
  },
};

/** A set of bits. `|` of JavaScript makes the highest bit a sign: it is taken off here. */
export const flags: XdrType<number> = {
  minSize: 4,
  read: (reader) => reader.uint32(),
  write: (writer, value) => {
    writer.uint32(value >>> 0);
  },
};

export const i64: XdrType<bigint> = {
  minSize: 8,
  read: (reader) => reader.int64(),
  write: (writer, value) => {
    writer.int64(value);
  },
};

export const u64: XdrType<bigint> = {
  minSize: 8,
  read: (reader) => reader.uint64(),
  write: (writer, value) => {
    writer.uint64(value);
  },
};

/**
 * An unsigned hyper that counts (bytes, KiB, seconds) and is handled as a number: exact up to 2^53 (8 PiB in bytes),
 * rounded to a neighbour above that. Only safe non-negative integers are written. Use {@link u64} where every bit counts.
 */
export const quantity: XdrType<number> = {
  minSize: 8,
  read: (reader) => Number(reader.uint64()),
  write: (writer, value) => {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new ProtocolError(t('{0} is not a whole number that libvirt could take.', value));
    writer.uint64(BigInt(value));
  },
};

/** libvirt sends its booleans as int. */
export const bool: XdrType<boolean> = {
  minSize: 4,
  read: (reader) => reader.int32() !== 0,
  write: (writer, value) => {
    writer.int32(value ? 1 : 0);
  },
};

export const double: XdrType<number> = {
  minSize: 8,
  read: (reader) => reader.double(),
  write: (writer, value) => {
    writer.double(value);
  },
};

export const string: XdrType<string> = {
  minSize: 4,
  read: (reader) => reader.string(STRING_MAX),
  write: (writer, value) => {
    writer.string(value, STRING_MAX);
  },
};

/** Bytes after their length. What is read shares the memory of the message. */
export function opaque(maxLength: number): XdrType<Uint8Array> {
  return {
    minSize: 4,
    read: (reader) => reader.opaque(maxLength),
    write: (writer, value) => {
      writer.opaque(value, maxLength);
    },
  };
}

/** A C array `char name[length]`: XDR spends four bytes on each char. Ends at the first NUL. */
export function charArray(length: number): XdrType<string> {
  return {
    minSize: length * 4,
    read: (reader) => {
      const codes = Array.from({ length }, () => reader.int32() & 0xff);
      const end = codes.indexOf(0);
      return Buffer.from(end < 0 ? codes : codes.slice(0, end)).toString('utf8');
    },
    write: (writer, value) => {
      const bytes = Buffer.from(value, 'utf8');
      if (bytes.length >= length)
        throw new ProtocolError(t('"{0}" does not fit into {1} bytes.', value, length));
      for (let at = 0; at < length; at += 1) writer.int32(bytes[at] ?? 0);
    },
  };
}

/** 16 bytes, handled as the lower case text `8-4-4-4-12` that libvirt's XML has. */
export const uuid: XdrType<string> = {
  minSize: 16,
  read: (reader) =>
    reader
      .fixedOpaque(16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  write: (writer, value) => {
    const hex = value.replaceAll('-', '');
    if (!/^[0-9a-f]{32}$/i.test(hex)) throw new ProtocolError(t('"{0}" is not a UUID.', value));
    writer.fixedOpaque(Buffer.from(hex, 'hex'));
  },
};

export function optional<T>(type: XdrType<T>): XdrType<T | undefined> {
  return {
    minSize: 4,
    read: (reader) => (reader.count(1, type.minSize) === 1 ? type.read(reader) : undefined),
    write: (writer, value) => {
      writer.count(value === undefined ? 0 : 1, 1);
      if (value !== undefined) type.write(writer, value);
    },
  };
}

/** An optional value that is never there. */
export const absent: XdrType<undefined> = {
  minSize: 4,
  read: (reader) => {
    reader.count(0, 0);
  },
  write: (writer) => {
    writer.count(0, 0);
  },
};

export function array<T>(type: XdrType<T>, maxCount: number = LIST_MAX): XdrType<readonly T[]> {
  return {
    minSize: 4,
    read: (reader) => {
      const length = reader.count(maxCount, type.minSize);
      return Array.from({ length }, () => type.read(reader));
    },
    write: (writer, value) => {
      writer.count(value.length, maxCount);
      for (const element of value) type.write(writer, element);
    },
  };
}

export type Fields = Readonly<Record<string, XdrType<unknown>>>;
export type StructOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** The fields in the order they are written here. */
export function struct<F extends Fields>(fields: F): XdrType<StructOf<F>> {
  const entries = Object.entries(fields);
  return {
    minSize: entries.reduce((sum, [, type]) => sum + type.minSize, 0),
    read: (reader) =>
      Object.fromEntries(entries.map(([name, type]) => [name, type.read(reader)])) as StructOf<F>,
    write: (writer, value) => {
      for (const [name, type] of entries) type.write(writer, value[name]);
    },
  };
}

/** Reads a whole message; bytes that are left over mean that the two sides disagree on its layout. */
export function decode<T>(type: XdrType<T>, bytes: Buffer): T {
  const reader = new XdrReader(bytes);
  const value = type.read(reader);
  if (reader.remaining > 0)
    throw new ProtocolError(
      t('A message from libvirt is longer than it should be, by {0} bytes.', reader.remaining),
    );
  return value;
}
