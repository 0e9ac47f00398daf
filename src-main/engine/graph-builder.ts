import type { AttributeValue, GraphNode, TensorShape } from './saved-model';

/** TensorFlow's numbers for element types (types.proto). */
export const DataType = { float: 1, int32: 3, int64: 9, bool: 10 } as const;
export type DataType = (typeof DataType)[keyof typeof DataType];

/** An output of a node: `name`, or `name:1` for its second output. */
export type Tensor = string;

/** Row-major dimensions; -1 is known only when the graph runs. */
export type Shape = readonly number[];

interface OperationOptions {
  readonly name?: string;
  /** Nodes that must have run before this one. */
  readonly after?: readonly string[];
}

const encoder = new TextEncoder();

const toShape = (shape: Shape): TensorShape => ({ dim: shape.map((size) => ({ size })) });

export const attribute = {
  type: (type: DataType): AttributeValue => ({ type }),
  int: (i: number): AttributeValue => ({ i }),
  float: (f: number): AttributeValue => ({ f }),
  ints: (i: readonly number[]): AttributeValue => ({ list: { i } }),
  floats: (f: readonly number[]): AttributeValue => ({ list: { f } }),
  bool: (b: boolean): AttributeValue => ({ b }),
  text: (text: string): AttributeValue => ({ s: encoder.encode(text) }),
  shape: (shape: Shape): AttributeValue => ({ shape: toShape(shape) }),
};

function littleEndian(values: readonly number[], type: DataType): Uint8Array {
  const width = { [DataType.bool]: 1, [DataType.int64]: 8, [DataType.float]: 4, [DataType.int32]: 4 }[type];
  const bytes = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((value, index) => {
    if (type === DataType.float) bytes.setFloat32(index * width, value, true);
    else if (type === DataType.bool) bytes.setUint8(index, value);
    else if (type === DataType.int32) bytes.setInt32(index * width, value, true);
    else bytes.setBigInt64(index * width, BigInt(value), true);
  });
  return new Uint8Array(bytes.buffer);
}

/** Collects the nodes of a TensorFlow graph; each method adds one operation and returns its first output. */
export class GraphBuilder {
  readonly #nodes: GraphNode[] = [];
  readonly #constants = new Map<string, Tensor>();

  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  /** Adds an operation as TensorFlow's op registry describes it. */
  operation(
    op: string,
    inputs: readonly Tensor[],
    attributes: Readonly<Record<string, AttributeValue>>,
    { name = `${op}_${this.#nodes.length}`, after = [] }: OperationOptions = {},
  ): Tensor {
    this.#nodes.push({ name, op, input: [...inputs, ...after.map((node) => `^${node}`)], attr: attributes });
    return name;
  }

  /** The n-th output of an operation. */
  output(operation: Tensor, index: number): Tensor {
    return index === 0 ? operation : `${operation}:${index}`;
  }

  outputs(operation: Tensor, count: number): Tensor[] {
    return Array.from({ length: count }, (_, index) => this.output(operation, index));
  }

  // Where values come from.

  placeholder(name: string, type: DataType, shape: Shape): Tensor {
    const attributes = { dtype: attribute.type(type), shape: attribute.shape(shape) };
    return this.operation('Placeholder', [], attributes, { name });
  }

  constant(values: readonly number[], shape: Shape, type: DataType = DataType.float): Tensor {
    const key = `${type}|${shape.join()}|${values.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const tensor = { dtype: type, tensor_shape: toShape(shape), tensor_content: littleEndian(values, type) };
    return this.#constant(key, type, tensor);
  }

  /** Many floats, each time a constant of their own. */
  weights(values: Float32Array, shape: Shape): Tensor {
    const { buffer, byteOffset, byteLength } = values;
    const tensor_content = new Uint8Array(buffer, byteOffset, byteLength);
    const tensor = { dtype: DataType.float, tensor_shape: toShape(shape), tensor_content };
    return this.operation('Const', [], { dtype: attribute.type(DataType.float), value: { tensor } });
  }

  scalar(value: number, type: DataType = DataType.float): Tensor {
    return this.constant([value], [], type);
  }

  /** A vector of int32: shapes, sizes and axes. */
  integers(values: readonly number[]): Tensor {
    return this.constant(values, [values.length], DataType.int32);
  }

  /** Zeros of a shape known now; takes no room in the graph. */
  zeros(shape: Shape): Tensor {
    const key = `zeros|${shape.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    return this.#constant(key, DataType.float, {
      dtype: DataType.float,
      tensor_shape: toShape(shape),
      float_val: [0],
    });
  }

  /** Zeros of a shape given by a vector of int32. */
  zerosOf(shape: Tensor): Tensor {
    const attributes = { T: attribute.type(DataType.float), index_type: attribute.type(DataType.int32) };
    return this.operation('Fill', [shape, this.scalar(0)], attributes);
  }

  #constant(
    key: string,
    type: DataType,
    tensor: Extract<AttributeValue, { tensor: unknown }>['tensor'],
  ): Tensor {
    const constant = this.operation('Const', [], { dtype: attribute.type(type), value: { tensor } });
    this.#constants.set(key, constant);
    return constant;
  }

  // Variables, float.

  variable(name: string, shape: Shape): Tensor {
    const attributes = {
      dtype: attribute.type(DataType.float),
      shape: attribute.shape(shape),
      shared_name: attribute.text(name),
      container: attribute.text(''),
    };
    return this.operation('VarHandleOp', [], attributes, { name });
  }

  read(variable: Tensor, options: OperationOptions = {}): Tensor {
    return this.operation('ReadVariableOp', [variable], { dtype: attribute.type(DataType.float) }, options);
  }

  /** Stores a copy: a variable would otherwise share the memory of a fed tensor, which is the caller's own array. */
  assignCopy(variable: Tensor, value: Tensor): Tensor {
    const copy = this.operation('DeepCopy', [value], { T: attribute.type(DataType.float) });
    return this.operation('AssignVariableOp', [variable, copy], { dtype: attribute.type(DataType.float) });
  }

  /** Rows of a variable by number: indices of shape S from a variable [rows, n] give S + [n]. */
  gatherRows(variable: Tensor, rows: Tensor): Tensor {
    const attributes = { dtype: attribute.type(DataType.float), Tindices: attribute.type(DataType.int32) };
    return this.operation('ResourceGather', [variable, rows], attributes);
  }

  // Arithmetic.

  unary(
    op: 'Abs' | 'Identity' | 'Sign' | 'Sqrt' | 'Square',
    value: Tensor,
    options?: OperationOptions,
  ): Tensor {
    return this.operation(op, [value], { T: attribute.type(DataType.float) }, options);
  }

  binary(
    op: 'AddV2' | 'Maximum' | 'Mul' | 'RealDiv' | 'Sub',
    left: Tensor,
    right: Tensor,
    type: DataType = DataType.float,
  ): Tensor {
    return this.operation(op, [left, right], { T: attribute.type(type) });
  }

  addAll(values: readonly Tensor[]): Tensor {
    if (values.length === 1 && values[0] !== undefined) return values[0];
    const attributes = { T: attribute.type(DataType.float), N: attribute.int(values.length) };
    return this.operation('AddN', values, attributes);
  }

  matMul(left: Tensor, right: Tensor, transpose: { left?: boolean; right?: boolean } = {}): Tensor {
    return this.operation('MatMul', [left, right], {
      T: attribute.type(DataType.float),
      transpose_a: attribute.bool(transpose.left ?? false),
      transpose_b: attribute.bool(transpose.right ?? false),
    });
  }

  addBias(value: Tensor, bias: Tensor): Tensor {
    const attributes = { T: attribute.type(DataType.float), data_format: attribute.text('NHWC') };
    return this.operation('BiasAdd', [value, bias], attributes);
  }

  sum(value: Tensor, axes: readonly number[]): Tensor {
    return this.operation('Sum', [value, this.integers(axes)], {
      T: attribute.type(DataType.float),
      Tidx: attribute.type(DataType.int32),
      keep_dims: attribute.bool(false),
    });
  }

  clip(value: Tensor, low: Tensor, high: Tensor): Tensor {
    return this.operation('ClipByValue', [value, low, high], { T: attribute.type(DataType.float) });
  }

  /** 1 where `left` is at least `right`, else 0. */
  isAtLeast(left: Tensor, right: Tensor): Tensor {
    const yes = this.operation('GreaterEqual', [left, right], { T: attribute.type(DataType.float) });
    return this.toFloat(yes, DataType.bool);
  }

  /** Elements of `yes` where the condition (bool, of a shape that spreads over theirs) holds, else of `no`. */
  select(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
    return this.operation('SelectV2', [condition, yes, no], { T: attribute.type(DataType.float) });
  }

  toFloat(value: Tensor, from: DataType): Tensor {
    const attributes = {
      SrcT: attribute.type(from),
      DstT: attribute.type(DataType.float),
      Truncate: attribute.bool(false),
    };
    return this.operation('Cast', [value], attributes);
  }

  // Shapes.

  reshape(value: Tensor, shape: Shape | Tensor, type: DataType = DataType.float): Tensor {
    const target = typeof shape === 'string' ? shape : this.integers(shape);
    const attributes = { T: attribute.type(type), Tshape: attribute.type(DataType.int32) };
    return this.operation('Reshape', [value, target], attributes);
  }

  /** The length of a vector, as an int32 scalar. */
  length(vector: Tensor, type: DataType): Tensor {
    const attributes = { T: attribute.type(type), out_type: attribute.type(DataType.int32) };
    return this.operation('Size', [vector], attributes);
  }

  /** Stacks equal shapes along a new first axis. */
  stack(values: readonly Tensor[], type: DataType = DataType.float): Tensor {
    const attributes = {
      T: attribute.type(type),
      N: attribute.int(values.length),
      axis: attribute.int(0),
    };
    return this.operation('Pack', values, attributes);
  }

  /** The opposite of `stack`: as many outputs as the first axis is long. */
  unstack(value: Tensor, count: number, type: DataType = DataType.float): Tensor[] {
    const attributes = { T: attribute.type(type), num: attribute.int(count), axis: attribute.int(0) };
    return this.outputs(this.operation('Unpack', [value], attributes), count);
  }

  concat(values: readonly Tensor[], axis: number): Tensor {
    const attributes = {
      T: attribute.type(DataType.float),
      N: attribute.int(values.length),
      Tidx: attribute.type(DataType.int32),
    };
    return this.operation('ConcatV2', [...values, this.scalar(axis, DataType.int32)], attributes);
  }

  /** Consecutive parts of the given sizes along an axis. */
  split(value: Tensor, sizes: readonly number[], axis: number): Tensor[] {
    if (sizes.length === 1) return [value];
    const attributes = {
      T: attribute.type(DataType.float),
      Tlen: attribute.type(DataType.int32),
      num_split: attribute.int(sizes.length),
    };
    const inputs = [value, this.integers(sizes), this.scalar(axis, DataType.int32)];
    return this.outputs(this.operation('SplitV', inputs, attributes), sizes.length);
  }

  /** Element `index` of the first axis, without that axis. */
  pick(value: Tensor, index: number, type: DataType = DataType.float): Tensor {
    const at = (position: number): Tensor => this.integers([position]);
    return this.operation('StridedSlice', [value, at(index), at(index + 1), at(1)], {
      T: attribute.type(type),
      Index: attribute.type(DataType.int32),
      begin_mask: attribute.int(0),
      end_mask: attribute.int(0),
      ellipsis_mask: attribute.int(0),
      new_axis_mask: attribute.int(0),
      shrink_axis_mask: attribute.int(1),
    });
  }

  /** @param axes where each axis of the answer stands in `value` */
  transpose(value: Tensor, axes: readonly number[]): Tensor {
    const attributes = { T: attribute.type(DataType.float), Tperm: attribute.type(DataType.int32) };
    return this.operation('Transpose', [value, this.integers(axes)], attributes);
  }
}
