/** Its own package has the types of another one, whose name it does not say. */
declare module 'onnxruntime-node' {
  export * from 'onnxruntime-web';
}
