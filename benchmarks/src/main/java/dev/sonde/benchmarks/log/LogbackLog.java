package dev.sonde.benchmarks.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;

/// Logback as it would be set up for the same: an asynchronous appender that drops nothing, a
/// buffered file, and its own JSON encoder with the fields that Sonde writes.
final class LogbackLog implements Logged {

  private static final int FLUSH_MILLIS = 60_000;

  private final LoggerContext context = new LoggerContext();
  private final Logger logger;

  LogbackLog(Path directory) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithThreadName(false);
    encoder.setWithMarkers(false);
    encoder.setWithMDC(false);
    encoder.setWithArguments(false);
    encoder.setWithThrowable(false);
    encoder.start();

    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setFile(directory.resolve("logback.jsonl").toString());
    file.setImmediateFlush(false);
    file.setEncoder(encoder);
    file.start();

    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(WINDOW);
    async.setDiscardingThreshold(0);
    async.setMaxFlushTime(FLUSH_MILLIS);
    async.addAppender(file);
    async.start();

    logger = context.getLogger("bench.QUERY");
    logger.addAppender(async);
  }

  @Override
  public void log(Query query) {
    logger
        .atInfo()
        .addKeyValue("name", query.name())
        .addKeyValue("type", query.type())
        .addKeyValue("client", query.client())
        .addKeyValue("server", query.server())
        .addKeyValue("id", query.id())
        .log("query");
  }

  @Override
  public void end() {
    context.stop();
  }
}
