"""Airflow: a night's run by SparkSubmitOperator (apache-airflow-providers-apache-spark).

The connection spark_default names the master; application and properties_file are paths on the worker.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

HOME = "/srv/sparkgrad"

with DAG(
    dag_id="sparkgrad_pets",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=True,
    max_active_runs=1,  # nights in their order: each is compared with the one before
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
) as dag:
    SparkSubmitOperator(
        task_id="scheduled",
        conn_id="spark_default",
        application=f"{HOME}/spark-job/target/sparkgrad.jar",
        java_class="org.sparkgrad.job.cli.Main",
        properties_file=f"{HOME}/conf/spark-defaults.conf",
        conf={
            "spark.executor.resource.gpu.amount": "1",
            "spark.task.resource.gpu.amount": "1",
            "spark.executor.resource.gpu.discoveryScript": f"{HOME}/scripts/discover-gpus.sh",
        },
        env_vars={
            "LOG4J_CONFIGURATION_FILE": f"{HOME}/conf/log4j2-json.properties",
            "SPARKGRAD_LOG": "json",
        },
        # ds is the night's date; a retry of a run that is done does nothing.
        application_args=[
            "scheduled",
            "--config",
            f"{HOME}/conf/scheduled.conf",
            "--registry",
            "hdfs:///registry",
            "--run-id",
            "{{ ds }}",
        ],
    )
