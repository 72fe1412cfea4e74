import Dispatch
import Synchronization

/// Runs asynchronous work from a thread that waits for it; the one place where the two meet.
enum WaitingThread {
  private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
    let isDone = DispatchSemaphore(value: 0)
  }

  /// Dispatch's threads in place of the shared pool, which has one a core: the waiting thread may be of the pool, and
  /// the work waits for the store.
  private final class QueueExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "teaching", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  /// - Parameter watch: called on this thread several times a second while the work runs, and once after it.
  static func run<Value: Sendable>(
    watch: () -> Void, _ work: @escaping @Sendable () async -> Value
  ) -> Value {
    let outcome = Outcome<Value>()
    let executor = QueueExecutor()
    Task(executorPreference: executor) {
      let value = await work()
      outcome.value.withLock { $0 = value }
      outcome.isDone.signal()
    }
    // The executor must outlive the work.
    return withExtendedLifetime(executor) {
      while true {
        let ended = outcome.isDone.wait(timeout: .now() + .milliseconds(200)) == .success
        watch()
        if ended, let value = outcome.value.withLock({ $0 }) { return value }
      }
    }
  }
}
