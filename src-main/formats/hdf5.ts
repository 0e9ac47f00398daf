/**
 * The little of HDF5 that Keras' weights need: groups in groups, and arrays of float32 at their ends. Written as the first
 * version of its file format has it, which every HDF5 library reads ("HDF5 File Format Specification Version 3.0", level 0
 * superblock 0, level 1 groups by symbol tables, level 2 object headers of version 1).
 */

/** An array, row-major. */
export interface Hdf5Dataset {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface Hdf5Group {
  readonly children: ReadonlyMap<string, Hdf5Group | Hdf5Dataset>;
}

const UNDEFINED_ADDRESS = 0xffff_ffff_ffff_ffffn;
const signature = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
const SUPERBLOCK_BYTES = 96;
const ENTRY_BYTES = 40;
/** A node of a group's tree may have twice as many children; one is all that we write. */
const INTERNAL_K = 16;
const MESSAGES = { dataspace: 1, datatype: 3, fillValue: 5, layout: 8, symbolTable: 17 } as const;

/** float32, little-endian: class 1 of version 1; sign at bit 31, exponent of 8 bits at 23 with bias 127, mantissa of 23. */
const float32 = Buffer.from([0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]);
/** Version 2, allocated late, written if set, none defined. */
const noFillValue = Buffer.from([2, 2, 2, 0]);

export const isDataset = (node: Hdf5Group | Hdf5Dataset): node is Hdf5Dataset => 'values' in node;

/** Where an object lies; of a group also its tree and its heap. */
interface Placed {
  readonly header: number;
  readonly group: { readonly tree: number; readonly heap: number } | null;
}

export function encodeHdf5(root: Hdf5Group): Buffer {
  const leafK = Math.max(4, Math.ceil(mostChildren(root) / 2));
  const parts: Buffer[] = [];
  let end = SUPERBLOCK_BYTES;
  /** @returns the address */
  const place = (content: Buffer): number => {
    const address = end;
    const padded = padToEight(content);
    parts.push(padded);
    end += padded.length;
    return address;
  };

  const placeDataset = ({ shape, values }: Hdf5Dataset): Placed => {
    const data = place(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    const dimensions = Buffer.concat([Buffer.from([1, shape.length, 0, 0, 0, 0, 0, 0]), ...shape.map(long)]);
    const layout = Buffer.concat([Buffer.from([3, 1]), long(data), long(values.byteLength)]);
    const header = place(
      objectHeader([
        [MESSAGES.dataspace, dimensions],
        [MESSAGES.datatype, float32],
        [MESSAGES.fillValue, noFillValue],
        [MESSAGES.layout, layout],
      ]),
    );
    return { header, group: null };
  };

  const placeGroup = ({ children }: Hdf5Group): Placed => {
    // A tree is in the order of its names' bytes.
    const names = [...children.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const placed = names.map((name) => placeNode(children.get(name)!));
    const offsets: number[] = [];
    // The heap of names begins with the empty one.
    let heapData = Buffer.alloc(8);
    for (const name of names) {
      offsets.push(heapData.length);
      heapData = Buffer.concat([heapData, padToEight(Buffer.from(`${name}\0`))]);
    }
    const heapAddress = place(heapData);
    // No free room: its list begins at 1.
    const heap = place(
      Buffer.concat([
        Buffer.from('HEAP'),
        Buffer.alloc(4),
        long(heapData.length),
        long(1),
        long(heapAddress),
      ]),
    );
    const symbols = Buffer.alloc(8 + 2 * leafK * ENTRY_BYTES);
    symbols.write('SNOD', 0);
    symbols.writeUInt8(1, 4);
    symbols.writeUInt16LE(names.length, 6);
    placed.forEach((node, index) => {
      symbolEntry(offsets[index]!, node).copy(symbols, 8 + index * ENTRY_BYTES);
    });
    const isEmpty = names.length === 0;
    const symbolsAddress = isEmpty ? 0 : place(symbols);
    const tree = Buffer.alloc(24 + (2 * INTERNAL_K + 1) * 8 + 2 * INTERNAL_K * 8);
    tree.write('TREE', 0);
    tree.writeUInt16LE(isEmpty ? 0 : 1, 6);
    tree.writeBigUInt64LE(UNDEFINED_ADDRESS, 8);
    tree.writeBigUInt64LE(UNDEFINED_ADDRESS, 16);
    if (!isEmpty) {
      long(symbolsAddress).copy(tree, 32);
      long(offsets[offsets.length - 1]!).copy(tree, 40);
    }
    const treeAddress = place(tree);
    const table = Buffer.concat([long(treeAddress), long(heap)]);
    return {
      header: place(objectHeader([[MESSAGES.symbolTable, table]])),
      group: { tree: treeAddress, heap },
    };
  };

  const placeNode = (node: Hdf5Group | Hdf5Dataset): Placed =>
    isDataset(node) ? placeDataset(node) : placeGroup(node);

  const rootEntry = symbolEntry(0, placeGroup(root));
  const sizes = Buffer.from([0, 0, 0, 0, 0, 8, 8, 0]);
  const nodes = Buffer.alloc(8);
  nodes.writeUInt16LE(leafK, 0);
  nodes.writeUInt16LE(INTERNAL_K, 2);
  const addresses = [0, UNDEFINED_ADDRESS, end, UNDEFINED_ADDRESS].map(long);
  return Buffer.concat([signature, sizes, nodes, ...addresses, rootEntry, ...parts]);
}

function symbolEntry(name: number, { header, group }: Placed): Buffer {
  const cached = Buffer.alloc(24);
  if (group !== null) {
    cached.writeUInt32LE(1, 0);
    long(group.tree).copy(cached, 8);
    long(group.heap).copy(cached, 16);
  }
  return Buffer.concat([long(name), long(header), cached]);
}

function objectHeader(list: readonly (readonly [type: number, content: Buffer])[]): Buffer {
  const bodies = list.map(([type, content]) => {
    const padded = padToEight(content);
    const head = Buffer.alloc(8);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(padded.length, 2);
    return Buffer.concat([head, padded]);
  });
  const body = Buffer.concat(bodies);
  const head = Buffer.alloc(16);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(list.length, 2);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(body.length, 8);
  return Buffer.concat([head, body]);
}

/** Reads back what `encodeHdf5` writes. @throws RangeError where it is something else */
export function decodeHdf5(file: Buffer): Hdf5Group {
  if (!file.subarray(0, 8).equals(signature)) throw new RangeError('This is no HDF5 file.');
  const node = readNode(file, address(file, 56 + 8));
  if (isDataset(node)) throw new RangeError('The root is no group.');
  return node;
}

function readNode(file: Buffer, header: number): Hdf5Group | Hdf5Dataset {
  const found = new Map<number, number>();
  let at = header + 16;
  for (let left = file.readUInt16LE(header + 2); left > 0; left--) {
    found.set(file.readUInt16LE(at), at + 8);
    at += 8 + file.readUInt16LE(at + 2);
  }
  const table = found.get(MESSAGES.symbolTable);
  if (table !== undefined) return readGroup(file, address(file, table), address(file, table + 8));
  const space = found.get(MESSAGES.dataspace);
  const layout = found.get(MESSAGES.layout);
  if (space === undefined || layout === undefined) throw new RangeError('An object is no array.');
  const shape = Array.from({ length: file.readUInt8(space + 1) }, (_, axis) =>
    address(file, space + 8 + 8 * axis),
  );
  const data = address(file, layout + 2);
  const bytes = Uint8Array.from(file.subarray(data, data + address(file, layout + 10)));
  return { shape, values: new Float32Array(bytes.buffer) };
}

function readGroup(file: Buffer, tree: number, heap: number): Hdf5Group {
  const children = new Map<string, Hdf5Group | Hdf5Dataset>();
  const names = address(file, heap + 24);
  const symbols = file.readUInt16LE(tree + 6) === 0 ? null : address(file, tree + 32);
  const count = symbols === null ? 0 : file.readUInt16LE(symbols + 6);
  for (let index = 0; index < count; index++) {
    const entry = symbols! + 8 + index * ENTRY_BYTES;
    const from = names + address(file, entry);
    const name = file.toString('utf8', from, file.indexOf(0, from));
    children.set(name, readNode(file, address(file, entry + 8)));
  }
  return { children };
}

const address = (file: Buffer, at: number): number => Number(file.readBigUInt64LE(at));

function mostChildren({ children }: Hdf5Group): number {
  const below = [...children.values()].map((node) => (isDataset(node) ? 0 : mostChildren(node)));
  return Math.max(children.size, ...below);
}

function long(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

const padToEight = (content: Buffer): Buffer =>
  Buffer.concat([content, Buffer.alloc((8 - (content.length % 8)) % 8)]);
