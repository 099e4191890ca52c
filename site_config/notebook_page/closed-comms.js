// JupyterLab's kernel connection keeps a listener of every comm that there ever was, and through it
// the comm's callbacks and the widget behind them: fifty runs of a cell would be fifty widgets in
// memory. Its own code has no end for that listener; so a closed comm is made to let go of the rest.

const AFTER = 1000; // milliseconds; by then whoever was to hear of the closing has heard

export function letGoOfClosedComms({ sessionContext }) {
  let kernel = null;
  const hear = (sender, { msg, direction }) => {
    if (direction !== "recv" || msg.header.msg_type !== "comm_close") return;
    const comm = sender._comms?.get(msg.content.comm_id);
    if (!comm) return;
    setTimeout(() => {
      if (comm.isDisposed) comm.onClose = comm.onMsg = () => {};
    }, AFTER);
  };
  const listen = () => {
    const current = sessionContext.session?.kernel ?? null;
    if (current === kernel) return;
    kernel?.anyMessage?.disconnect(hear);
    kernel = current;
    kernel?.anyMessage.connect(hear);
  };
  sessionContext.kernelChanged.connect(listen);
  listen();
}
