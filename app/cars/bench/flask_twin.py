"""The same cars as a Flask application usually has them: MySQL's own connector in C with a pool, TLS off.

It does less than the service: no limits of texts, no ids of requests, no figures, no idempotency.
"""

import os

from flask import Flask, jsonify, request
from mysql.connector.pooling import MySQLConnectionPool

# Resetting the session after each use would cost a round trip that the service does not make either.
pool = MySQLConnectionPool(pool_name="cars", pool_size=10, pool_reset_session=False, use_pure=False, ssl_disabled=True,
                           autocommit=True, host="127.0.0.1", port=int(os.environ["DATABASE_PORT"]),
                           user="app", password="app", database="cars")
app = Flask(__name__)
app.json.sort_keys = False


@app.get("/cars")
def cars():
    limit = min(int(request.args.get("limit", 20)), 1000)
    connection = pool.get_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT id, brand, model, year FROM cars ORDER BY id LIMIT %s", (limit,))
        rows = cursor.fetchall()
        cursor.close()
    finally:
        connection.close()
    return jsonify([{"brand": brand, "id": id, "model": model, "year": year} for id, brand, model, year in rows])


@app.post("/cars")
def add():
    car = request.get_json()
    brand, model, year = car["brand"], car["model"], car["year"]
    connection = pool.get_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("INSERT INTO cars (brand, model, year) VALUES (%s, %s, %s)", (brand, model, year))
        id = cursor.lastrowid
        cursor.close()
    finally:
        connection.close()
    answer = jsonify({"brand": brand, "id": id, "model": model, "year": year})
    return answer, 201, {"Location": f"/cars/{id}"}
