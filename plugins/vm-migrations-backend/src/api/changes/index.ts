export { ChangeFeed } from './ChangeFeed';
export { ChangeNotifier } from './ChangeNotifier';
export { Doorbell } from './Doorbell';
export { EventStream } from './EventStream';
