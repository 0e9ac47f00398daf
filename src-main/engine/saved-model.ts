import protobuf from 'protobufjs';

/** The attributes of a graph node that we use, as TensorFlow's `attr_value.proto` names them. */
export type AttributeValue =
  | { readonly s: Uint8Array }
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly type: number }
  | { readonly shape: TensorShape }
  | { readonly tensor: TensorValue }
  | { readonly list: { readonly f: readonly number[] } | { readonly i: readonly number[] } };

export interface TensorShape {
  /** -1: known only when the graph runs. */
  readonly dim: readonly { readonly size: number }[];
}

export interface TensorValue {
  readonly dtype: number;
  readonly tensor_shape: TensorShape;
  /** Little-endian elements, row-major; or one element in `float_val` that fills the whole tensor. */
  readonly tensor_content?: Uint8Array;
  readonly float_val?: readonly number[];
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttributeValue>>;
}

/** The part of TensorFlow's saved_model.proto, meta_graph.proto, graph.proto and their likes that we write; field numbers are theirs. */
const SCHEMA = `
syntax = "proto3";
message Dim { int64 size = 1; }
message Shape { repeated Dim dim = 2; }
message Tensor { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; repeated float float_val = 5; }
message List { repeated int64 i = 3; repeated float f = 4; }
message Attribute {
  oneof value { List list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7; Tensor tensor = 8; }
}
message Node { string name = 1; string op = 2; repeated string input = 3; string device = 4; map<string, Attribute> attr = 5; }
message Versions { int32 producer = 1; int32 min_consumer = 2; }
message Graph { repeated Node node = 1; Versions versions = 4; }
message MetaInfo { string meta_graph_version = 1; repeated string tags = 4; }
message TensorInfo { string name = 1; int32 dtype = 2; Shape tensor_shape = 3; }
message Signature { map<string, TensorInfo> inputs = 1; map<string, TensorInfo> outputs = 2; string method_name = 3; }
message MetaGraph { MetaInfo meta_info_def = 1; Graph graph_def = 2; map<string, Signature> signature_def = 5; }
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraph meta_graphs = 2; }`;

/** GraphDef version of TensorFlow 2.9, the oldest library that we run on; newer ones read it as well. */
const GRAPH_PRODUCER = 1087;

export const SAVED_MODEL_TAG = 'serve';

/** The signature under which TensorFlow Serving and others call a model. */
export const SERVING_SIGNATURE = 'serving_default';

/** What a model is called with, and what it answers: float tensors of the graph by their names outside. */
export interface Signature {
  readonly inputs: Readonly<Record<string, TensorShape>>;
  readonly outputs: Readonly<Record<string, TensorShape>>;
}

const FLOAT_TYPE = 1;

let savedModelType: protobuf.Type | null = null;

/**
 * The bytes of a `saved_model.pb` with one graph and no variable files.
 * @param signature of nodes that have the names of its inputs and outputs; left out for a graph of our own
 */
export function encodeSavedModel(nodes: readonly GraphNode[], signature?: Signature): Uint8Array {
  savedModelType ??= protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('SavedModel');
  return savedModelType
    .encode({
      saved_model_schema_version: 1,
      meta_graphs: [
        {
          meta_info_def: { tags: [SAVED_MODEL_TAG] },
          graph_def: { node: nodes, versions: { producer: GRAPH_PRODUCER, min_consumer: 0 } },
          ...(signature === undefined
            ? {}
            : { signature_def: { [SERVING_SIGNATURE]: encodedSignature(signature) } }),
        },
      ],
    })
    .finish();
}

function encodedSignature({ inputs, outputs }: Signature): object {
  const infos = (shapes: Readonly<Record<string, TensorShape>>): object =>
    Object.fromEntries(
      Object.entries(shapes).map(([name, tensor_shape]) => [
        name,
        { name: `${name}:0`, dtype: FLOAT_TYPE, tensor_shape },
      ]),
    );
  return {
    inputs: infos(inputs),
    outputs: infos(outputs),
    method_name: 'tensorflow/serving/predict',
  };
}
