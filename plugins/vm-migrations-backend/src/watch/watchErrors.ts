import { CustomErrorBase } from '@backstage/errors';

/** The API server sent something that is not the list and watch protocol. */
export class ProtocolError extends CustomErrorBase {
  name = 'ProtocolError' as const;
}

/** A page is too large to be held; smaller ones may do. */
export class PageTooLargeError extends CustomErrorBase {
  name = 'PageTooLargeError' as const;
}

/** The API server ended a watch as soon as it had begun. */
export class ShortWatchError extends CustomErrorBase {
  name = 'ShortWatchError' as const;
}

/** The sink did not take what the cluster sent; the cluster is not to blame. */
export class SinkError extends CustomErrorBase {
  name = 'SinkError' as const;
}
