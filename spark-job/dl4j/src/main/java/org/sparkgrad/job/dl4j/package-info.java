/** For DL4J's users: their networks of one layer trained on the engines here, and models as DL4J's networks. */
@NullMarked
package org.sparkgrad.job.dl4j;

import org.jspecify.annotations.NullMarked;
