package dev.sonde.it.talkative;

import dev.sonde.log.LogSink;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LogService;
import org.slf4j.LoggerFactory;

/// A bundle that logs by every interface there is, and takes what the logger hears.
public final class TalkativeBundle implements BundleActivator {

  private final Queue<String> taken = new ConcurrentLinkedQueue<>();

  @Override
  public void start(BundleContext context) {
    Dictionary<String, Object> wanted = new Hashtable<>();
    wanted.put("name", "talkative");
    wanted.put("events", new String[] {"sonde/log/*", "*:error"});
    context.registerService(LogSink.class, entry -> taken.add(entry.json()), wanted);
    Dictionary<String, Object> test = new Hashtable<>();
    test.put("test", "talkative");
    context.registerService(Queue.class, taken, test);
    Runnable talk = () -> talk(context);
    context.registerService(Runnable.class, talk, test);
    IntConsumer much = TalkativeBundle::talkMuch;
    context.registerService(IntConsumer.class, much, test);
  }

  @SuppressWarnings("deprecation")
  private static void talk(BundleContext context) {
    LoggerFactory.getLogger(TalkativeBundle.class)
        .warn("said by {}", "SLF4J", new IllegalStateException("with a stack"));
    java.util.logging.Logger.getLogger("talkative").warning("said by JUL");
    LogService log = context.getService(context.getServiceReference(LogService.class));
    log.log(LogService.LOG_ERROR, "said by LogService");
    log.getLogger("talkative").warn("said by {}", "OSGi Logger");
    log.getLogger("talkative").info("not said");
  }

  private static void talkMuch(int lines) {
    for (int i = 0; i < lines; i++) {
      LoggerFactory.getLogger(TalkativeBundle.class).warn("line {}", i);
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
