export { Recorder, type RecorderOptions } from './Recorder';
