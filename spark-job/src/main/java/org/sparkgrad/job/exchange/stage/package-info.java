/**
 * Rounds between the driver and the tasks of one long Spark stage, over Spark's network layer. The driver opens a round
 * with a question, and each of T workers answers it. This package knows neither shards nor engines: a question is
 * bytes, an answer is arrays of numbers and some bytes. {@code exchange} writes a pass as a question
 * ({@code PassWriter}) and reads the sums of a worker's shards from an answer ({@code SumsMessage}). Next:
 * {@code exchange.pass}.
 *
 * <h2>Messages</h2>
 *
 * <p>Workers are the tasks of one ordinary Spark stage that lasts as long as the training. A worker sends first
 * ({@code DriverClient}); the driver replies at once or later ({@code Rounds}, whose state one lock guards). Numbers
 * are little-endian.
 *
 * <table>
 * <caption>Messages of a worker</caption>
 * <tr><th>message (body)</th><th>when</th><th>reply</th></tr>
 * <tr><td>ALIVE (executor)</td>
 *     <td>first, to take the worker's place; then every second, or every quarter of {@code silenceTimeout} if that is
 *         shorter, also while the task computes</td>
 *     <td>CONTINUE</td></tr>
 * <tr><td>NEXT</td><td>after the first ALIVE</td><td>ROUND with the open question, as soon as there is one</td></tr>
 * <tr><td>PART (numbers)</td>
 *     <td>after summing: up to 32,768 numbers each, in order, for all numbers before the last message</td>
 *     <td>none</td></tr>
 * <tr><td>ANSWER (last numbers, report, which subtrees)</td>
 *     <td>after the parts</td>
 *     <td>ROUND with the next question; END after the last round</td></tr>
 * <tr><td>FAILED (exit code, reason)</td>
 *     <td>after two failures on the same question, or one {@code Error}; then the task throws</td>
 *     <td>CONTINUE</td></tr>
 * </table>
 *
 * <p>Each message has the secret of the run, its sender ({@code WorkerId}: generation, worker, task attempt) and the
 * number of the round.
 *
 * <ul>
 *   <li>A place ({@code WorkerPlace}) belongs to one task attempt on one connection. A later attempt gets the place
 *       when that connection is closed or silent.
 *   <li>The driver logs and refuses a message of another generation, attempt or connection, and an answer to another
 *       round. The reply is STALE, which ends the task; Spark does not count this as a failure. After the training the
 *       reply is END.
 *   <li>If an answer does not consist of exactly the worker's sums, the reply is UNREADABLE, and the task fails.
 *   <li>Numbers go into arrays that are used again in each round. Each attempt has arrays of its own.
 * </ul>
 *
 * <p>So no late number gets into a sum. A shard's sums are a function of the shard, so no fault changes a bit.
 *
 * <h2>Copies</h2>
 *
 * <p>At a million coefficients, copies and fresh memory are most of what a step costs. {@code Transport} is therefore
 * Spark's transport with two more handlers. Both are behind Spark's authentication and encryption, which process every
 * message as before.
 *
 * <ul>
 *   <li>The driver writes a question once, outside the heap, with room for the head of the reply before it, and sends
 *       that buffer to every worker. The next question overwrites the buffer after all workers have answered. A worker
 *       that is still receiving the old question then has already lost its place.
 *   <li>{@code BufferEncoder} gives the head and the body of a message to netty together. Spark makes two writes, and
 *       the second one wakes the receiver again.
 *   <li>{@code BodyAssembler} copies a part or a question that arrives in pieces into one buffer of the connection,
 *       where Spark allocates a new buffer for each message. The driver does not copy a message that is whole already.
 *   <li>A part is a buffer of netty's pool; at most eight parts of a worker wait to be written.
 *   <li>One read takes up to 128 KiB, the sums of 16,000 coefficients.
 * </ul>
 *
 * <h2>Faults</h2>
 *
 * <p>The reactions are in {@code exchange.StageExchange}.
 *
 * <table>
 * <caption>Faults</caption>
 * <tr><th>fault</th><th>who detects it, when</th><th>reaction</th></tr>
 * <tr><td>an executor is lost</td>
 *     <td>Spark, at once</td>
 *     <td>Spark runs the task again; the new attempt takes the place and gets the open round</td></tr>
 * <tr><td>an executor sends nothing for {@code silenceTimeout} (20 s), or one worker does not answer for
 *         {@code stepTimeout} (1 h)</td>
 *     <td>the driver</td>
 *     <td>Spark is told that the executor is lost, and replaces it; the stage is launched again, and the round stays
 *         open</td></tr>
 * <tr><td>a worker gets no slot for {@code joinTimeout} (60 s)</td>
 *     <td>the driver</td>
 *     <td>the stage is launched again with as many workers as have joined. If none has joined, the driver waits for
 *         other jobs; if there is no executor either, the run ends with exit code 8</td></tr>
 * <tr><td>executors are added, or slots are free in two checks, 5 s apart</td>
 *     <td>the driver, between steps</td>
 *     <td>the stage is launched again with more workers</td></tr>
 * <tr><td>a kernel launch or a task fails</td>
 *     <td>the worker</td>
 *     <td>the worker repeats it once, then the task fails: Spark runs the task again, or the stage fails and is
 *         launched again</td></tr>
 * <tr><td>{@code spark.task.maxFailures} failures in one step</td>
 *     <td>the driver</td>
 *     <td>the run ends with the last reason and its exit code (4, for example), or with 8 where that reason is an
 *         internal error</td></tr>
 * <tr><td>the driver is gone, or sends nothing for {@code joinTimeout}</td>
 *     <td>the worker</td>
 *     <td>the task ends</td></tr>
 * <tr><td>the stages of other trainings have all slots</td>
 *     <td>the driver, before the launch</td>
 *     <td>the driver waits for its turn ({@code StageQueue})</td></tr>
 * <tr><td>the job is cancelled, or Spark stops</td><td>the driver</td><td>the run ends</td></tr>
 * </table>
 *
 * <p>The timeouts are {@code spark.sparkgrad.silenceTimeout}, {@code .joinTimeout} and {@code .stepTimeout}
 * ({@code Timeouts}).
 *
 * <h2>The port</h2>
 *
 * <p>{@code RoundServer} opens its port as Spark opens the driver's port: {@code spark.driver.bindAddress},
 * {@code spark.driver.host}, any free port unless {@code spark.sparkgrad.port} names one. With
 * {@code spark.authenticate} only processes that have Spark's secret can connect, encrypted if
 * {@code spark.network.crypto.enabled} is set. Settings of the connections are {@code spark.sparkgrad.io.*}. These
 * limits bound the memory that unknown clients can make the driver use:
 *
 * <ul>
 *   <li>Before a connection has sent the run's secret, {@code FrameLimit} closes it if its next frame is larger than 16
 *       KiB. Afterwards the limit is the size of a part and 16 KiB.
 *   <li>{@code FrameLimit} also closes a connection that has not sent the secret after 30 seconds.
 *   <li>Before the secret it accepts only requests and one-way messages: Spark logs an error for each message of
 *       another kind.
 *   <li>Of more than 1,024 connections without the secret, {@code UnauthenticatedConnections} closes the oldest.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.exchange.stage;

import org.jspecify.annotations.NullMarked;
