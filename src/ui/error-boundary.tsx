import { Component, type ReactNode } from 'react';
import { FailureNotice } from './widgets';

interface Props {
  /** Another one forgets the error. */
  resetKey: string;
  children: ReactNode;
}

/** A room that breaks says so, and leaves the rest of the page working. */
export class ErrorBoundary extends Component<Props, { error: Error | null; key: string }> {
  override state = { error: null, key: this.props.resetKey };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: { error: Error | null; key: string }) {
    return props.resetKey === state.key ? null : { error: null, key: props.resetKey };
  }

  override render() {
    const { error } = this.state as { error: Error | null };
    if (!error) return this.props.children;
    return (
      <FailureNotice
        message={`This room could not be drawn: ${error.message}`}
        remedy="Enter another room, or reload the page. A run goes on."
      />
    );
  }
}
