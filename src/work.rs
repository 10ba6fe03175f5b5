//! Named worker threads with bounded queues and a wake hook. A job goes in, any
//! number of events come out; the window drains them when it is woken. Knows
//! nothing of what jobs do, nor of egui.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

/// Called after an event was queued, from the worker's thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// How many jobs may wait; a person cannot queue more by hand.
const QUEUE: usize = 256;

/// What a worker calls to hand an event to its owner.
pub type Emit<'a, E> = &'a mut dyn FnMut(E);

type Run<J, E> = Box<dyn FnMut(J, Emit<'_, E>) + Send>;

/// Why a job was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The queue is full.
    #[error("too much is waiting to be saved: try again in a moment")]
    Full,
    /// The thread has ended.
    #[error("the background thread has ended: close Gigawatch and open it again")]
    Ended,
}

/// A worker: a thread of its own, or, in tests, the caller's.
pub struct Worker<J, E> {
    kind: Kind<J, E>,
}

enum Kind<J, E> {
    Thread {
        jobs: Option<SyncSender<J>>,
        events: Receiver<E>,
        thread: Option<JoinHandle<()>>,
        /// Whether dropping waits for queued jobs.
        finishes: bool,
    },
    Inline {
        run: Run<J, E>,
        events: VecDeque<E>,
    },
}

impl<J: Send + 'static, E: Send + 'static> Worker<J, E> {
    /// Starts a thread of that name which runs each job in turn.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn spawn(
        name: &str,
        wake: Wake,
        mut run: impl FnMut(J, Emit<'_, E>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (jobs, queue) = sync_channel::<J>(QUEUE);
        let (outbox, events) = sync_channel::<E>(QUEUE);
        let thread = Builder::new().name(name.to_owned()).spawn(move || {
            while let Ok(job) = queue.recv() {
                run(job, &mut |event| {
                    // The owner is gone only when the app quits; nobody is left to tell.
                    if outbox.send(event).is_ok() {
                        wake();
                    }
                });
            }
        })?;
        let kind = Kind::Thread {
            jobs: Some(jobs),
            events,
            thread: Some(thread),
            finishes: true,
        };
        Ok(Self { kind })
    }

    /// The same, but dropping it leaves its thread to itself: for jobs that wait
    /// for a person, such as a file dialog, which must not hold up quitting.
    #[must_use]
    pub fn abandoned_on_drop(mut self) -> Self {
        if let Kind::Thread { finishes, .. } = &mut self.kind {
            *finishes = false;
        }
        self
    }

    /// A worker that runs each job at once on the caller's thread: tests are
    /// then deterministic without waiting.
    pub fn inline(run: impl FnMut(J, Emit<'_, E>) + Send + 'static) -> Self {
        Self {
            kind: Kind::Inline {
                run: Box::new(run),
                events: VecDeque::new(),
            },
        }
    }

    /// Queues a job; never waits.
    ///
    /// # Errors
    /// When the queue is full or the thread has ended.
    pub fn send(&mut self, job: J) -> Result<(), Refused> {
        match &mut self.kind {
            Kind::Thread { jobs, .. } => match jobs.as_ref().map(|jobs| jobs.try_send(job)) {
                Some(Ok(())) => Ok(()),
                Some(Err(TrySendError::Full(_))) => Err(Refused::Full),
                Some(Err(TrySendError::Disconnected(_))) | None => Err(Refused::Ended),
            },
            Kind::Inline { run, events } => {
                run(job, &mut |event| events.push_back(event));
                Ok(())
            }
        }
    }

    /// The next event, if one is there; never waits.
    pub fn poll(&mut self) -> Option<E> {
        match &mut self.kind {
            Kind::Thread { events, .. } => events.try_recv().ok(),
            Kind::Inline { events, .. } => events.pop_front(),
        }
    }
}

impl<J, E> Drop for Worker<J, E> {
    /// Lets the queued jobs end, so that nothing accepted is lost.
    fn drop(&mut self) {
        if let Kind::Thread {
            jobs,
            thread,
            events,
            finishes,
        } = &mut self.kind
        {
            drop(jobs.take());
            if !*finishes {
                return;
            }
            if let Some(thread) = thread.take() {
                // Events must be taken off, or a full queue would hold the thread.
                while !thread.is_finished() {
                    match events.recv_timeout(std::time::Duration::from_millis(20)) {
                        Ok(_) | Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
                        Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                    }
                }
                if thread.join().is_err() {
                    tracing::error!("a background thread panicked");
                }
            }
        }
    }
}

/// A wake hook whose target is set later: the window does not exist yet when
/// the workers start.
#[derive(Clone, Default)]
pub struct LateWake {
    target: Arc<Mutex<Option<Wake>>>,
}

impl LateWake {
    /// Sets what to wake.
    pub fn set(&self, wake: Wake) {
        *self.target.lock().unwrap_or_else(PoisonError::into_inner) = Some(wake);
    }

    /// The hook to hand to workers.
    pub fn hook(&self) -> Wake {
        let target = Arc::clone(&self.target);
        Arc::new(move || {
            let wake = target
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            if let Some(wake) = wake {
                wake();
            }
        })
    }
}
