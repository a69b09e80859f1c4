using System.Reflection;
using Bastide.Platform.Db;

namespace Bastide.Testing;

/// <summary>A fresh PostgreSQL database with the tables of the platform and of these modules.</summary>
public abstract class PostgresFixture(params Assembly[] modules) : DatabaseFixture(Engine.Postgres, modules);
