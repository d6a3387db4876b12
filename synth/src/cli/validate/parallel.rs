//! The same work on many things at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How often to tell how far it is.
const TICK: Duration = Duration::from_millis(100);

/// A template is read by functions that call themselves for each level of nesting.
const STACK: usize = 8 << 20;

/// The results of some work for the numbers below `count`, in their order.
pub(super) fn each<T: Send>(count: usize, work: &(impl Fn(usize) -> T + Sync), told: &mut dyn FnMut(usize)) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(count);
    if threads <= 1 {
        return (0..count).map(work).collect();
    }
    let mut results: Vec<Option<T>> = (0..count).map(|_| None).collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        let mut spawned = 0;
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            let run = move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count || sender.send((number, work(number))).is_err() {
                        return;
                    }
                }
            };
            let thread = thread::Builder::new().stack_size(STACK);
            spawned += usize::from(thread.spawn_scoped(scope, run).is_ok());
        }
        drop(sender);
        if spawned > 0 {
            gather(&receiver, &mut results, told);
        }
    });
    // Where no thread could be had, the work is done here.
    let results = results.into_iter().enumerate();
    results
        .map(|(number, result)| result.unwrap_or_else(|| work(number)))
        .collect()
}

fn gather<T>(receiver: &mpsc::Receiver<(usize, T)>, results: &mut [Option<T>], told: &mut dyn FnMut(usize)) {
    let mut done = 0;
    let mut shown = 0;
    loop {
        match receiver.recv_timeout(TICK) {
            Ok((number, result)) => {
                results[number] = Some(result);
                done += 1;
                // A file takes about a millisecond; to tell of each would take longer than the work.
                if done >= shown + 256 {
                    shown = done;
                    told(done);
                }
            }
            Err(RecvTimeoutError::Timeout) => told(done),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
