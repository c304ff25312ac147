import { LiveProvider } from '../live';
import { LiveStatus } from './LiveStatus';

/** The live state as it stands in the header, which is not within any page. */
export function LiveStatusAction() {
  return (
    <LiveProvider>
      <LiveStatus />
    </LiveProvider>
  );
}
