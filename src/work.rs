//! Named worker threads with bounded queues, cancel and a wake hook.
