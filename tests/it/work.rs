//! Workers: nothing accepted is lost, nothing waits for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use gigawatch::work::{Refused, Worker};

#[test]
fn queued_jobs_end_before_a_worker_is_gone() {
    let done = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&done);
    let mut worker = Worker::spawn("test", Arc::new(|| {}), move |n: usize, emit| {
        count.fetch_add(n, Ordering::SeqCst);
        emit(n);
    })
    .unwrap();
    for _ in 0..200 {
        worker.send(1).unwrap();
    }
    drop(worker);
    assert_eq!(done.load(Ordering::SeqCst), 200);
}

#[test]
fn a_full_queue_refuses_and_an_abandoned_worker_holds_up_nobody() {
    // The first job waits until the test lets it go.
    let (go, wait) = sync_channel::<()>(0);
    let mut worker = Worker::spawn(
        "test",
        Arc::new(|| {}),
        move |_: u8, _emit: &mut dyn FnMut(u8)| {
            wait.recv().unwrap_or_default();
        },
    )
    .unwrap()
    .abandoned_on_drop();
    let refused = (0..1000).find_map(|_| worker.send(0).err());
    assert_eq!(refused, Some(Refused::Full));
    drop(worker);
    drop(go);
}

#[test]
fn events_come_in_order_and_wake_the_owner() {
    let (woken, wakes) = sync_channel::<()>(64);
    let wake = Arc::new(move || woken.try_send(()).unwrap_or_default());
    let mut worker = Worker::spawn("test", wake, |n: u32, emit| {
        for part in 0..n {
            emit(part);
        }
    })
    .unwrap();
    worker.send(5).unwrap();
    let mut got = Vec::new();
    while got.len() < 5 {
        wakes.recv().unwrap();
        got.extend(std::iter::from_fn(|| worker.poll()));
    }
    assert_eq!(got, [0, 1, 2, 3, 4]);
}
