import protobuf from 'protobufjs';

/** The part of ONNX's onnx.proto that we write; field numbers are its own. */
const SCHEMA = `
syntax = "proto3";
message Attribute { string name = 1; int64 i = 3; int32 type = 20; repeated int64 ints = 8; }
message Node { repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4; repeated Attribute attribute = 5; }
message Tensor { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message Dim { oneof value { int64 dim_value = 1; string dim_param = 2; } }
message Shape { repeated Dim dim = 1; }
message TensorType { int32 elem_type = 1; Shape shape = 2; }
message Type { TensorType tensor_type = 1; }
message ValueInfo { string name = 1; Type type = 2; string doc_string = 3; }
message Graph { repeated Node node = 1; string name = 2; repeated Tensor initializer = 5; repeated ValueInfo input = 11; repeated ValueInfo output = 12; }
message OperatorSet { string domain = 1; int64 version = 2; }
message Property { string key = 1; string value = 2; }
message Model { int64 ir_version = 1; string producer_name = 2; string producer_version = 3; string doc_string = 6; Graph graph = 7; repeated OperatorSet opset_import = 8; repeated Property metadata_props = 14; }`;

/** Operators of 2021, which every runtime in use knows; the file format of the same year. */
const OPERATOR_SET = 17;
const IR_VERSION = 8;

const ELEMENT_TYPES = { float: 1, int64: 7 } as const;
const ATTRIBUTE_TYPES = { int: 2, ints: 7 } as const;

type Value = string;
type Attributes = Readonly<Record<string, number | readonly number[]>>;
type Dimension = number | string;

let modelType: protobuf.Type | null = null;

/** Collects the nodes of an ONNX graph; each operation returns the name of the first output that is read. */
export class OnnxGraph {
  readonly #nodes: object[] = [];
  readonly #initializers = new Map<string, object>();
  readonly #inputs: object[] = [];
  readonly #outputs: object[] = [];

  input(name: string, shape: readonly Dimension[], text: string): Value {
    this.#inputs.push(valueInfo(name, shape, text));
    return name;
  }

  /** A weight of float32 under a name of its own; asked for again it is the same. */
  weight(name: string, dims: readonly number[], values: Float32Array): Value {
    const { buffer, byteOffset, byteLength } = values;
    const raw_data = new Uint8Array(buffer, byteOffset, byteLength);
    this.#initializers.set(name, { name, dims, data_type: ELEMENT_TYPES.float, raw_data });
    return name;
  }

  integers(name: string, values: readonly number[]): Value {
    const raw_data = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.#initializers.set(name, { name, dims: [values.length], data_type: ELEMENT_TYPES.int64, raw_data });
    return name;
  }

  /** @param name of its output, or names of its outputs where there are several ('' for one that is not used) */
  node(
    op: string,
    inputs: readonly Value[],
    name: string | readonly string[],
    attributes: Attributes = {},
  ): Value {
    const output = typeof name === 'string' ? [name] : name;
    const first = output.find((each) => each !== '')!;
    const attribute = Object.entries(attributes).map(([key, value]) =>
      typeof value === 'number'
        ? { name: key, type: ATTRIBUTE_TYPES.int, i: value }
        : { name: key, type: ATTRIBUTE_TYPES.ints, ints: value },
    );
    this.#nodes.push({ op_type: op, name: first, input: inputs, output, attribute });
    return first;
  }

  output(name: Value, shape: readonly Dimension[], text: string): void {
    this.#outputs.push(valueInfo(name, shape, text));
  }

  /** The bytes of a model file. */
  encode(about: {
    readonly version: string;
    readonly text: string;
    readonly properties: Readonly<Record<string, string>>;
  }): Uint8Array {
    modelType ??= protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('Model');
    return modelType
      .encode({
        ir_version: IR_VERSION,
        producer_name: 'Hindcast',
        producer_version: about.version,
        doc_string: about.text,
        graph: {
          name: 'hindcast',
          node: this.#nodes,
          initializer: [...this.#initializers.values()],
          input: this.#inputs,
          output: this.#outputs,
        },
        opset_import: [{ domain: '', version: OPERATOR_SET }],
        metadata_props: Object.entries(about.properties).map(([key, value]) => ({ key, value })),
      })
      .finish();
  }
}

function valueInfo(name: string, shape: readonly Dimension[], text: string): object {
  const dim = shape.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return {
    name,
    doc_string: text,
    type: { tensor_type: { elem_type: ELEMENT_TYPES.float, shape: { dim } } },
  };
}
